/** The unmodified Voice SDK in a real Chromium against the switchboard's signalling and media: what both ends hear is measured. */
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { hear, toneDbfs } from '../../switchboard/media/measure.ts'
import {
  ACCOUNT,
  APPLICATION,
  connect,
  type FakeCall,
  hasChromium,
  heardInPage,
  MICROPHONE_HZ,
  makeToken,
  openChromium,
  openDevicePage,
  openStage,
  type PageScope,
  PLAYED_HZ,
  RAW_AUDIO,
  type Stage,
  seen,
} from './switchboard-lines-kit.ts'

const SOON = { timeout: 10_000, interval: 50 }

describe.skipIf(!hasChromium)('the Voice SDK', { timeout: 40_000 }, () => {
  let stage: Stage
  let browser: Browser
  let refused = false
  const pages: Page[] = []

  beforeAll(async () => {
    stage = await openStage({ graceMs: 1500, faults: { take: () => (refused ? {} : undefined) } })
    browser = await openChromium(stage)
  }, 30_000)
  afterEach(async () => {
    refused = false
    await Promise.all(pages.splice(0).map((page) => page.close()))
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  const openPage = async (token = makeToken('agent')) => {
    const page = await openDevicePage(browser, stage, token)
    pages.push(page)
    return page
  }
  const callFrom = async (page: Page, params: Record<string, string> = {}): Promise<FakeCall> => {
    const before = stage.calls.length
    await connect(page, params)
    await vi.waitFor(() => expect(stage.calls.length).toBe(before + 1), SOON)
    return stage.calls[before] as FakeCall
  }
  const hearsMicrophone = (call: FakeCall) => vi.waitFor(() => expect(hear(call.heard.cut(-400)).hz).toBeCloseTo(MICROPHONE_HZ, -1), SOON)
  const hearsExchange = (page: Page) =>
    vi.waitFor(async () => expect(Math.abs((await heardInPage(page)) - PLAYED_HZ)).toBeLessThan(8), SOON)

  test('an outgoing call rings, opens, is heard at both ends at its pitch, and ends from either side', async () => {
    const page = await openPage()
    const call = await callFrom(page, { To: '+48221234567', ticket: 'a b&c=ł' })
    expect(call.facts).toEqual({
      accountSid: ACCOUNT,
      identity: 'agent',
      applicationSid: APPLICATION,
      params: { To: '+48221234567', ticket: 'a b&c=ł' },
    })
    call.line.ringing()
    await vi.waitFor(async () => expect(await seen(page)).toEqual(['ringing']), SOON)
    call.line.answered(call.callSid)
    await vi.waitFor(async () => expect(await seen(page)).toEqual(['ringing', 'accept']), SOON)
    await hearsExchange(page)
    await hearsMicrophone(call)
    expect(toneDbfs(call.heard.cut(-400), PLAYED_HZ)).toBeLessThan(-50)
    expect(await page.evaluate(() => (window as unknown as PageScope).call.parameters.CallSid)).toBe(call.callSid)

    await page.evaluate(() => (window as unknown as PageScope).call.sendDigits('1w59#'))
    await vi.waitFor(() => expect(call.digits).toBe('159#'), SOON)

    call.line.ended({ status: 'completed' })
    await vi.waitFor(async () => expect(await seen(page)).toEqual(['ringing', 'accept', 'disconnect']), SOON)

    const second = await callFrom(page)
    second.line.answered(second.callSid)
    await vi.waitFor(async () => expect(await seen(page)).toContain('accept'), SOON)
    await page.evaluate(() => (window as unknown as PageScope).call.disconnect())
    await vi.waitFor(() => expect(second.hungUp).toBe(true), SOON)
  })

  test('a call that the exchange refuses ends with its code', async () => {
    const page = await openPage()
    const call = await callFrom(page)
    call.line.ended({ status: 'failed', code: 31005, message: 'Error sent from gateway in HANGUP' })
    call.stop()
    await vi.waitFor(async () => expect(await seen(page)).toEqual(['error 31005', 'disconnect']), SOON)
  })

  test('a dropped socket comes back, and the audio never noticed', async () => {
    const page = await openPage()
    await page.evaluate(() => (window as unknown as PageScope).device.register())
    const call = await callFrom(page)
    call.line.answered(call.callSid)
    await hearsMicrophone(call)
    const before = call.heard.milliseconds
    await page.evaluate(() => (window as unknown as PageScope).device._stream.transport._socket.close())
    await vi.waitFor(async () => expect(await seen(page)).toEqual(expect.arrayContaining(['reconnecting', 'reconnected'])), SOON)
    await vi.waitFor(async () => expect((await seen(page)).filter((event) => event === 'registered')).toHaveLength(2), SOON)
    // Longer than the grace, so that a timer that was not stopped would end the call.
    await vi.waitFor(() => expect(call.heard.milliseconds).toBeGreaterThan(before + 2500), SOON)
    const during = call.heard.cut(before, before + 2500)
    const windows = Array.from({ length: 25 }, (_, index) => toneDbfs(during.subarray(index * 800, index * 800 + 800), MICROPHONE_HZ))
    // One hole of 100 ms is allowed, for a machine that is busy with other tests.
    expect(windows.filter((level) => level < -40).length).toBeLessThanOrEqual(1)
    await hearsExchange(page)
    expect(call.hungUp).toBe(false)
  })

  test('an ICE restart keeps the call and its sound', async () => {
    const page = await openPage()
    const call = await callFrom(page)
    call.line.answered(call.callSid)
    await hearsMicrophone(call)
    const ufrag = () =>
      page.evaluate(
        () =>
          /ice-ufrag:(\S+)/.exec(
            (window as unknown as { call: { _mediaHandler: { version: { pc: RTCPeerConnection } } } }).call._mediaHandler.version.pc
              .remoteDescription?.sdp ?? '',
          )?.[1],
      )
    const first = await ufrag()
    await page.evaluate(() => (window as unknown as PageScope).call._mediaHandler.iceRestart())
    await vi.waitFor(async () => expect(await ufrag()).not.toBe(first), SOON)
    const at = call.heard.milliseconds
    await vi.waitFor(() => expect(call.heard.milliseconds).toBeGreaterThan(at + 3000), SOON)
    await hearsExchange(page)
    await hearsMicrophone(call)
  })

  test('a browser that vanishes ends its call after the grace, not before', async () => {
    const page = await openPage()
    const call = await callFrom(page)
    call.line.answered(call.callSid)
    await hearsMicrophone(call)
    const gone = performance.now()
    // A page that is closed in order sends a hang-up; this one's process dies.
    await page.goto('chrome://crash').catch(() => {})
    await vi.waitFor(() => expect(call.hungUp).toBe(true), SOON)
    expect(performance.now() - gone).toBeGreaterThan(1400)
  })

  test('every device of a client rings, the first to answer is heard and the others are told', async () => {
    const [winner, loser] = [await openPage(), await openPage()]
    for (const page of [winner, loser]) await page.evaluate(() => (window as unknown as PageScope).device.register())
    expect(
      stage.lines.finder.ring('client:nobody', { callSid: 'CA1', accountSid: ACCOUNT, from: '+48600100200', custom: {} }),
    ).toBeUndefined()
    const callSid = `CA${'9'.repeat(32)}`
    const ringing = stage.lines.finder.ring('client:agent', {
      callSid,
      accountSid: ACCOUNT,
      from: '+48600100200',
      custom: { thread: '7 & 8' },
    })
    for (const page of [winner, loser]) await page.waitForFunction(() => (window as unknown as PageScope).call !== undefined)
    expect(
      await winner.evaluate(() => {
        const { parameters, customParameters } = (window as unknown as PageScope).call
        return { from: parameters.From, to: parameters.To, sid: parameters.CallSid, thread: customParameters.get('thread') }
      }),
    ).toEqual({ from: '+48600100200', to: 'client:agent', sid: callSid, thread: '7 & 8' })
    await winner.evaluate((rtcConstraints) => (window as unknown as PageScope).call.accept({ rtcConstraints }), RAW_AUDIO)
    const outcome = await ringing?.outcome
    if (!outcome || !('line' in outcome)) throw new Error('nobody answered')
    const call = stage.begin({}, outcome.line)
    outcome.line.answered(callSid)
    await vi.waitFor(async () => expect(await seen(loser)).toContain('cancel'), SOON)
    await hearsExchange(winner)
    await hearsMicrophone(call)
    expect(await seen(winner)).toEqual(['registered', 'accept'])
    await winner.evaluate(() => (window as unknown as PageScope).call.disconnect())
    await vi.waitFor(() => expect(call.hungUp).toBe(true), SOON)
  })

  test('another page takes a ringing call with its connect token, and both ends hear each other', async () => {
    const [rung, taker] = [await openPage(), await openPage()]
    await rung.evaluate(() => (window as unknown as PageScope).device.register())
    const callSid = `CA${'8'.repeat(32)}`
    const ringing = stage.lines.finder.ring('client:agent', { callSid, accountSid: ACCOUNT, from: '+48600100200', custom: {} })
    await rung.waitForFunction(() => (window as unknown as PageScope).call !== undefined)
    const connectToken = await rung.evaluate(() => (window as unknown as PageScope).call.connectToken)
    await taker.evaluate(
      async ({ connectToken, rtcConstraints }) => {
        const scope = window as unknown as PageScope
        scope.watch(await scope.device.connect({ connectToken, rtcConstraints }))
      },
      { connectToken, rtcConstraints: RAW_AUDIO },
    )
    const outcome = await ringing?.outcome
    if (!outcome || !('line' in outcome)) throw new Error('nobody answered')
    const call = stage.begin({}, outcome.line)
    outcome.line.answered(callSid)
    await hearsExchange(taker)
    await hearsMicrophone(call)
    await vi.waitFor(async () => expect(await seen(rung)).toContain('cancel'), SOON)
  })

  test('ringing ends as busy when all decline, and falls silent when the caller leaves', async () => {
    const page = await openPage()
    await page.evaluate(() => (window as unknown as PageScope).device.register())
    const ring = async (callSid: string) => {
      const ringing = stage.lines.finder.ring('client:agent', { callSid, accountSid: ACCOUNT, from: '+48600100200', custom: {} })
      await page.waitForFunction((sid) => (window as unknown as PageScope).call?.parameters.CallSid === sid, callSid)
      return ringing
    }
    const declined = await ring('CAdeclined')
    await page.evaluate(() => (window as unknown as PageScope).call.reject())
    expect(await declined?.outcome).toEqual({ end: { status: 'busy' } })
    const left = await ring('CAleft')
    left?.cancel()
    expect(await left?.outcome).toEqual({ end: { status: 'canceled' } })
    await vi.waitFor(async () => expect(await seen(page)).toContain('cancel'), SOON)
  })

  test('refused media: the call is open and nothing is heard at either end', async () => {
    refused = true
    const page = await openPage()
    const call = await callFrom(page)
    call.line.answered(call.callSid)
    await vi.waitFor(async () => expect(await seen(page)).toContain('accept'), SOON)
    await vi.waitFor(() => expect(call.heard.milliseconds).toBeGreaterThan(2500), SOON)
    expect(await heardInPage(page)).toBe(0)
    expect(hear(call.heard.cut()).hz).toBeNull()
  })

  test.each([
    ['a forged token', 20101, () => makeToken('agent', { secret: 'guessed' })],
    ['an expired token', 20104, () => makeToken('agent', { ttl: -5 })],
  ])('%s is refused with %i', async (_name, code, token) => {
    const page = await openPage(token())
    page.evaluate(() => (window as unknown as PageScope).device.register().catch(() => {})).catch(() => {})
    await vi.waitFor(async () => expect(await seen(page)).toContain(`device error ${code}`), SOON)
    expect(await seen(page)).not.toContain('registered')
  })

  test('a token that runs out takes the registration with it, and a new one brings it back', async () => {
    const page = await openPage(makeToken('agent', { ttl: 6 }))
    await page.evaluate(() => (window as unknown as PageScope).device.register())
    await vi.waitFor(async () => expect(await seen(page)).toEqual(['registered', 'device error 20104', 'unregistered']), SOON)
    expect(
      stage.lines.finder.ring('client:agent', { callSid: 'CA2', accountSid: ACCOUNT, from: '+48600100200', custom: {} }),
    ).toBeUndefined()
    await page.evaluate((token) => (window as unknown as PageScope).device.updateToken(token), makeToken('agent'))
    await vi.waitFor(async () => expect((await seen(page)).at(-1)).toBe('registered'), SOON)
  })
})
