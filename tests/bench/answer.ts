/**
 * From the press on Answer to sound both ways, against a bare `device.connect()` of the unmodified SDK into a conference in which the caller waits
 * already: same browser, same run, in turn. Sound is measured where it ends: the agent's by an analyser in the page that holds the call, the caller's
 * in the recording of what the caller heard, to 20 ms. `ratio` is of a click as a finger makes it, `instant_ratio` of one that takes no time, as a
 * program's: there the microphone is not up beforehand, as with a key or the system notification.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import twilio from 'twilio'
import { type Agent, openAgent } from '../kit/agent.ts'
import { type Caller, dial } from '../kit/caller.ts'
import { type Channel, makeChannel } from '../kit/channel.ts'
import { extensionId } from '../kit/extension-id.ts'
import { until } from '../kit/process.ts'
import { median, percentile, rounded } from '../kit/statistics.ts'
import { startWorld, type World } from '../kit/world.ts'

const ROUNDS = 24
/** Milliseconds for which a finger is down in a click; the time that is measured begins when it goes up. */
const PRESS_MS = 80
const CALLER_HZ = 440
const AGENT_HZ = 880
const CONFERENCE =
  '<Response><Dial><Conference beep="false" startConferenceOnEnter="true" endConferenceOnExit="true">bare</Conference></Dial></Response>'

export async function run() {
  const world = await startWorld()
  const pages = await servePage()
  const channel = await makeChannel(world, { agents: 1 })
  const [person] = channel.agents
  if (!person) throw new Error('no agent')
  const agent = await openAgent(world, person)
  try {
    await agent.beAvailable()
    const bareNumber = await makeBareNumber(world)
    const page = await openBareDevice(agent, world, pages.url)
    const ours: number[] = []
    const instant: number[] = []
    const bare: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      await agent.crm.bringToFront()
      ours.push(await measureOurs(world, channel, agent, PRESS_MS))
      instant.push(await measureOurs(world, channel, agent, 0))
      await page.bringToFront()
      bare.push(await measureBare(world, bareNumber, page))
    }
    const [oursMedian, instantMedian, bareMedian] = [median(ours), median(instant), median(bare)]
    const ratio = (ms: number) => Math.round((ms / bareMedian) * 100) / 100
    return {
      bench: 'answer',
      rounds: ROUNDS,
      press_ms: PRESS_MS,
      ours_p50_ms: rounded(oursMedian),
      ours_p90_ms: rounded(percentile(ours, 0.9)),
      bare_p50_ms: rounded(bareMedian),
      bare_p90_ms: rounded(percentile(bare, 0.9)),
      ratio: ratio(oursMedian),
      instant_p50_ms: rounded(instantMedian),
      instant_ratio: ratio(instantMedian),
    }
  } finally {
    await agent.close()
    pages.close()
    await world.close()
  }
}

/** Milliseconds. */
async function measureOurs(world: World, channel: Channel, agent: Agent, pressMs: number): Promise<number> {
  const caller = await dial(world, channel.number, { toneHz: CALLER_HZ })
  const frame = await agent.pilot()
  const button = frame.getByRole('button', { name: /^answer/i })
  await button.waitFor()
  await frame.evaluate(() => {
    addEventListener('click', () => Object.assign(globalThis, { pressedAt: Date.now() }), { capture: true })
  })
  // A press counts once the pilot was seen for half a second; nobody is faster than that.
  await new Promise((resolve) => setTimeout(resolve, 900))
  const target = await until(async () =>
    (await agent.browser.devtools.targets()).find(({ url }) => url.startsWith(`chrome-extension://${extensionId}/voice`)),
  )
  const heard = agent.browser.devtools.evaluate(target.targetId, `(${whenSound})()`)
  const box = await button.boundingBox()
  if (!box) throw new Error('The Answer button has no place on screen.')
  await agent.crm.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: pressMs })
  const agentHeardAt = Number(await heard)
  const pressedAt = await frame.evaluate(() => Number((globalThis as { pressedAt?: number }).pressedAt))
  const callerHeardAt = await whenHeard(world, caller)
  await agent.hangUp()
  await caller.ended()
  return Math.max(agentHeardAt, callerHeardAt) - pressedAt
}

async function measureBare(world: World, number: string, page: Page): Promise<number> {
  const caller = await dial(world, number, { toneHz: CALLER_HZ })
  await until(async () => (await caller.state()).state === 'answered')
  const { calledAt, heardAt } = await page.evaluate(
    `bareConnect(${whenSound})` as unknown as () => Promise<{ calledAt: number; heardAt: number }>,
  )
  const callerHeardAt = await whenHeard(world, caller)
  await page.evaluate('device.disconnectAll()')
  await caller.ended()
  return Math.max(heardAt, callerHeardAt) - calledAt
}

/** Runs in the page, before the call: resolves with the instant at which the other side is heard. The same ear for both, and it costs nothing before. */
const whenSound = `() => new Promise((resolve) => {
  const { prototype } = RTCPeerConnection
  const { setRemoteDescription } = prototype
  prototype.setRemoteDescription = async function (answer) {
    prototype.setRemoteDescription = setRemoteDescription
    await setRemoteDescription.call(this, answer)
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    const samples = new Float32Array(analyser.fftSize)
    context.createMediaStreamSource(new MediaStream([this.getReceivers()[0].track])).connect(analyser)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      if (10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) < -45) return
      resolve(Date.now())
      clearInterval(timer)
      void context.close()
    }, 4)
  }
})`

/** When the caller first heard the agent's tone, by the clock of this machine. */
async function whenHeard(world: World, caller: Caller): Promise<number> {
  await caller.hears(AGENT_HZ)
  const { heardMs } = await world.ask<{ heardMs: number }>('switchboard', 'GET', `/control/callers/${caller.id}`)
  const beganAt = Date.now() - heardMs
  const response = await fetch(`${world.switchboardUrl}/control/callers/${caller.id}/heard.wav`)
  const wav = Buffer.from(await response.arrayBuffer())
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) >> 1)
  const frames = Math.floor(samples.length / 160)
  for (let frame = 0; frame < frames; frame += 1) {
    if (power(samples.subarray(frame * 160, frame * 160 + 160), AGENT_HZ) > 0.5) return beganAt + frame * 20
  }
  throw new Error('The caller heard no tone of the agent.')
}

/** Goertzel: the share of a frame's power that is at this frequency, 0 for a frame of silence. */
function power(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 8000)
  let [before, last, total] = [0, 0, 0]
  for (const sample of samples) {
    ;[before, last] = [last, sample + coefficient * last - before]
    total += sample * sample
  }
  if (total < samples.length * 100) return 0
  return (before * before + last * last - coefficient * before * last) / ((total * samples.length) / 2)
}

/** A number of the switchboard that puts its caller into the conference at once. */
async function makeBareNumber(world: World): Promise<string> {
  const found = await rest<{ available_phone_numbers: { phone_number: string }[] }>(world, 'AvailablePhoneNumbers/US/Local')
  const PhoneNumber = found.available_phone_numbers[0]?.phone_number ?? ''
  return (await rest<{ phone_number: string }>(world, 'IncomingPhoneNumbers', { PhoneNumber, ...bareVoice(world) })).phone_number
}

const bareVoice = (world: World) => ({
  VoiceUrl: `${world.switchboardUrl}/twimlets/echo?Twiml=${encodeURIComponent(CONFERENCE)}`,
  VoiceMethod: 'GET',
})

interface About {
  accountSid: string
  authToken: string
  apiKey: string
  apiSecret: string
}

const readAbout = (world: World) => world.ask<About>('switchboard', 'GET', '/control/about')

/** Twilio's REST: a POST where there is a form, else a GET. */
async function rest<T>(world: World, path: string, form?: Record<string, string>): Promise<T> {
  const { accountSid, authToken } = await readAbout(world)
  const response = await fetch(`${world.switchboardUrl}/2010-04-01/Accounts/${accountSid}/${path}.json`, {
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  return (await response.json()) as T
}

async function openBareDevice(agent: Agent, world: World, url: string): Promise<Page> {
  const application = await rest<{ sid: string }>(world, 'Applications', { FriendlyName: 'bare', ...bareVoice(world) })
  const { accountSid, apiKey, apiSecret } = await readAbout(world)
  const { AccessToken } = twilio.jwt
  const token = new AccessToken(accountSid, apiKey, apiSecret, { identity: 'bare', ttl: 3600 })
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: application.sid, incomingAllow: true }))
  const page = await agent.browser.context.newPage()
  await page.goto(url)
  await page.evaluate(`openDevice(${JSON.stringify(token.toJwt())}, ${JSON.stringify(world.edge)})`)
  return page
}

const script = `
globalThis.openDevice = async (token, edge) => {
  globalThis.device = new Twilio.Device(token, { chunderw: edge, codecPreferences: ['pcmu'], logLevel: 'silent' })
  await device.register()
}
globalThis.bareConnect = async (whenSound) => {
  const heard = whenSound()
  const calledAt = Date.now()
  await device.connect({ params: {} })
  return { calledAt, heardAt: await heard }
}`

/** A page of its own origin with nothing but the SDK. */
async function servePage() {
  const sdk = await readFile(join(import.meta.dirname, '../../node_modules/@twilio/voice-sdk/dist/twilio.min.js'))
  const server = createServer((request, response) => {
    if (request.url === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(sdk)
    else if (request.url === '/bare.js') response.setHeader('content-type', 'text/javascript').end(script)
    else
      response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/sdk.js"></script><script src="/bare.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}
