import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeLine, openWorld, twiml, type World } from './switchboard-exchange-world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const control = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${world.baseUrl}/control/${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) })
  return { status: response.status, json: await response.json() }
}
const errorCodes = (sid: string) => world.room.log.list(sid).flatMap((entry) => (entry.kind === 'error' ? [entry.code] : []))

test('an app that does not answer within 15 s is left for the fallback, which is told why', async () => {
  const { app } = world
  app.on('/voice', 'hang')
  app.on('/fallback', twiml('<Pause length="60"/>'))
  const number = await world.buyNumber({ voiceFallbackUrl: `${app.url}/fallback` })
  const caller = fakeLine(0)
  const sid = world.exchange.dial('+48500600700', number, caller)
  await world.skip(14_000)
  expect(app.at('/fallback')).toHaveLength(0)
  await world.skip(2000)
  expect(app.at('/fallback')[0]?.fields).toMatchObject({ CallSid: sid, ErrorCode: '11205', ErrorUrl: `${app.url}/voice` })
  expect(caller.ending).toBeUndefined()
})

test('an app that is gone is tried twice under one token, then the caller hears an apology and is hung up', async () => {
  const { app } = world
  const number = await world.buyNumber({ voiceUrl: 'http://127.0.0.1:9/voice', voiceFallbackUrl: `${app.url}/broken` })
  app.on('/broken', { status: 500 })
  const caller = fakeLine(0)
  const sid = world.exchange.dial('+48500600700', number, caller)
  await world.listen(1500)
  expect(caller.peak()).toBeGreaterThan(500)
  await world.skip(20_000)
  expect(caller.ending?.status).toBe('completed')
  expect(errorCodes(sid)).toEqual(expect.arrayContaining([11205, 11200]))
  expect(world.printed.some((line) => line.includes('11200'))).toBe(true)
})

test('retries follow the overrides in the fragment, which is neither sent nor signed', async () => {
  const { app } = world
  let times = 0
  app.on('/voice', () => {
    times += 1
    return times < 3 ? { status: 503 } : twiml('<Pause length="60"/>')
  })
  const number = await world.buyNumber({ voiceUrl: `${app.url}/voice?a=1#rc=3&rp=5xx,ct` })
  world.exchange.dial('+48500600700', number, fakeLine(0))
  await world.skip(1000)
  const asked = app.at('/voice')
  expect(asked).toHaveLength(3)
  expect(asked.every(({ valid, url }) => valid && url.endsWith('/voice?a=1'))).toBe(true)
  expect(new Set(asked.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1)
})

test('redirects are followed and signed anew; GET carries its fields in the query', async () => {
  const { app } = world
  app.on('/voice', { status: 302, location: '/moved' })
  app.on('/moved', twiml('<Redirect method="GET">got?x=1</Redirect>'))
  app.on('/got', twiml('<Hangup/>'))
  world.exchange.dial('+48500600700', await world.buyNumber(), fakeLine(0))
  await world.skip(1000)
  expect(app.asked.map(({ method, path, valid }) => [method, path, valid])).toEqual([
    ['POST', '/voice', true],
    ['GET', '/moved', true],
    ['GET', '/got', true],
  ])
  expect(app.at('/got')[0]?.fields).toMatchObject({ x: '1', CallStatus: 'ringing' })
})

test.each([
  ['an unknown verb', twiml('<Shout>hello</Shout>'), 12200],
  ['an unknown attribute', twiml('<Say volume="11">hello</Say>'), 12200],
  ['broken XML', '<Response><Say>', 12100],
])('%s fails the call loudly', async (_, document, code) => {
  world.app.on('/voice', document)
  const caller = fakeLine(0)
  const sid = world.exchange.dial('+48500600700', await world.buyNumber(), caller)
  await world.skip(15_000)
  expect(errorCodes(sid)).toContain(code)
  expect(caller.ending?.status).toBe('completed')
  const { json } = await control('GET', `log?call=${sid}`)
  expect(json.entries.some((entry: { code?: number }) => entry.code === code)).toBe(true)
})

test('the echo twimlet serves as a fallback while the app is down', async () => {
  const document = encodeURIComponent(twiml('<Say>Please call later.</Say>'))
  const number = await world.buyNumber({
    voiceUrl: 'http://127.0.0.1:9/voice',
    voiceFallbackUrl: `${world.baseUrl}/twimlets/echo?Twiml=${document}`,
  })
  const caller = fakeLine(0)
  const sid = world.exchange.dial('+48500600700', number, caller)
  await world.listen(1000)
  expect(caller.peak()).toBeGreaterThan(500)
  expect(world.room.log.list(sid).some(({ text }) => text.includes('Please call later.'))).toBe(true)
})

const CALLBACKS =
  '<Dial timeout="5"><Client statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">anna</Client></Dial>'

async function ringAnna() {
  world.app.on('/voice', twiml(CALLBACKS))
  world.app.on('/leg', '')
  world.ringsAt('client:anna')
  world.exchange.dial('+48500600700', await world.buyNumber(), fakeLine(0))
  await world.skip(7000)
  return () => world.app.at('/leg').map(({ fields }) => fields.CallStatus)
}

test('faults: a callback is lost, another doubled, and each rule counts its hits', async () => {
  await control('POST', 'faults', { match: { kind: 'webhook', event: 'ringing' }, do: 'drop', times: 1 })
  await control('POST', 'faults', { match: { kind: 'webhook', event: 'completed' }, do: 'double' })
  const statuses = await ringAnna()
  expect(statuses()).toEqual(['queued', 'no-answer', 'no-answer'])
  const { json } = await control('GET', 'faults')
  expect(json.faults.map(({ hits }: { hits: number }) => hits)).toEqual([1, 1])
  await control('DELETE', 'faults')
  expect((await control('GET', 'faults')).json.faults).toEqual([])
})

test('faults: a callback comes late, by the clock', async () => {
  await control('POST', 'faults', { match: { kind: 'webhook', path: '/leg', event: 'initiated' }, do: 'delay', ms: 30_000 })
  const statuses = await ringAnna()
  expect(statuses()).toEqual(['ringing', 'no-answer'])
  await control('POST', 'clock', { advanceMs: 30_000 })
  expect(statuses()).toEqual(['ringing', 'no-answer', 'queued'])
})

test('faults: two callbacks change places', async () => {
  await control('POST', 'faults', { match: { kind: 'webhook', event: 'initiated' }, do: 'reorder' })
  const statuses = await ringAnna()
  expect(statuses()).toEqual(['ringing', 'queued', 'no-answer'])
})

test('faults: REST answers 429 and does nothing; a rule that makes no sense is refused', async () => {
  await control('POST', 'faults', { match: { kind: 'rest', path: '/Calls' }, do: 'status', status: 429, times: 1 })
  await expect(world.client.calls.list()).rejects.toMatchObject({ status: 429, code: 20429 })
  expect(await world.client.calls.list()).toEqual([])
  expect((await control('POST', 'faults', { match: { kind: 'rest' }, do: 'double' })).status).toBe(400)
  expect((await control('POST', 'faults', { match: { kind: 'webhook', colour: 'red' }, do: 'drop' })).status).toBe(400)
})
