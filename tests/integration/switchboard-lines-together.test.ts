/** The whole switchboard, exchange and lines: two scripted callers and a real browser in one conference, each hearing the other two. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import twilio from 'twilio'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { toneDbfs } from '../../switchboard/media/measure.ts'
import { readWav } from '../../switchboard/media/wav.ts'
import { type Switchboard, startSwitchboard } from '../../switchboard/start.ts'
import { redirectedTo } from './switchboard-exchange-world.ts'
import { connect, hasChromium, MICROPHONE_HZ, openChromium, openDevicePage, type PageScope } from './switchboard-lines-kit.ts'

const SOON = { timeout: 15_000, interval: 100 }
const CALLERS_HZ = [500, 1100] as const

/** The levels of some frequencies in what the page's call plays, in dB. */
const levelsInPage = (page: Awaited<ReturnType<typeof openDevicePage>>, frequencies: number[]): Promise<number[]> =>
  page.evaluate(async (frequencies) => {
    const stream = (window as unknown as PageScope).call.getRemoteStream()
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    if (stream) context.createMediaStreamSource(stream).connect(analyser)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const bins = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(bins)
    const rate = context.sampleRate
    await context.close()
    return frequencies.map((hz) => Math.max(...bins.subarray(Math.round((hz * 8192) / rate) - 2, Math.round((hz * 8192) / rate) + 3)))
  }, frequencies)

describe.skipIf(!hasChromium)('three in a conference', { timeout: 60_000 }, () => {
  let folder: string
  let switchboard: Switchboard
  let browser: Browser
  let number: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'together-'))
    switchboard = await startSwitchboard({ dataFolder: folder, print: () => {} })
    browser = await openChromium({ folder, lines: { spki: switchboard.spki } })
    const { accountSid, authToken, applicationSid, restUrl } = switchboard
    const client = twilio(accountSid, authToken, { httpClient: redirectedTo(restUrl) })
    const twiml = '<Response><Dial><Conference beep="false">three</Conference></Dial></Response>'
    const voiceUrl = `${restUrl}/twimlets/echo?Twiml=${encodeURIComponent(twiml)}`
    await client.applications(applicationSid).update({ voiceUrl })
    const [free] = await client.availablePhoneNumbers('PL').local.list({ limit: 1 })
    number = (await client.incomingPhoneNumbers.create({ phoneNumber: free?.phoneNumber ?? '', voiceUrl })).phoneNumber
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await switchboard?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const callIn = async (toneHz: number, index: number): Promise<string> => {
    const order = { from: `+4860010020${index}`, to: number, say: { toneHz } }
    const response = await fetch(`${switchboard.restUrl}/control/callers`, { method: 'POST', body: JSON.stringify(order) })
    return ((await response.json()) as { id: string }).id
  }

  test('each hears the other two and not itself', async () => {
    const { AccessToken } = twilio.jwt
    const token = new AccessToken(switchboard.accountSid, switchboard.apiKey, switchboard.apiSecret, { identity: 'agent', ttl: 600 })
    token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: switchboard.applicationSid, incomingAllow: true }))
    const signallingPort = Number(switchboard.signallingHost.split(':')[1])
    const page = await openDevicePage(browser, { url: `${switchboard.restUrl}/booth`, lines: { signallingPort } }, token.toJwt())
    const [first, second] = await Promise.all(CALLERS_HZ.map(callIn))
    await connect(page, {})

    const heardBy = async (id: string | undefined, ...frequencies: number[]): Promise<number[]> => {
      const response = await fetch(`${switchboard.restUrl}/control/callers/${id}/heard.wav`)
      const last = readWav(new Uint8Array(await response.arrayBuffer())).subarray(-4000)
      return frequencies.map((hz) => toneDbfs(last, hz))
    }
    const [firstHz, secondHz] = CALLERS_HZ
    await vi.waitFor(async () => {
      expect(Math.min(...(await heardBy(first, secondHz, MICROPHONE_HZ)))).toBeGreaterThan(-30)
      expect(Math.min(...(await heardBy(second, firstHz, MICROPHONE_HZ)))).toBeGreaterThan(-30)
      expect(Math.min(...(await levelsInPage(page, [firstHz, secondHz])))).toBeGreaterThan(-50)
    }, SOON)
    expect((await heardBy(first, firstHz))[0]).toBeLessThan(-55)
    expect((await heardBy(second, secondHz))[0]).toBeLessThan(-55)
    const [own, other] = await levelsInPage(page, [MICROPHONE_HZ, firstHz])
    expect((other as number) - (own as number)).toBeGreaterThan(25)
  })
})
