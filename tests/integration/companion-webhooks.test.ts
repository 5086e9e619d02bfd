import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CALLER, type CallsWorld, CHANNEL_NUMBER, createCallsWorld, PUBLIC_URL, post, sign, type TestUser } from '../kit/calls-world.ts'
import { parseTwiml } from '../kit/parse-twiml.ts'

const lines: { level: string; line: object }[] = []
const note = (level: string) => (line: object) => void lines.push({ level, line })
const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') } as never

let world: CallsWorld
beforeAll(async () => {
  world = (await createCallsWorld({ log })) as CallsWorld
})
afterEach(async () => {
  await world.reset()
  lines.length = 0
})
afterAll(() => world.close())

const app = () => world.companion().app
const inbound = {
  CallSid: 'CA11111111111111111111111111111111',
  From: CALLER,
  To: CHANNEL_NUMBER,
  CallStatus: 'ringing',
  Direction: 'inbound',
}
const doors = ['inbound', 'unanswered', 'join', 'conference-status', 'recorded', 'recording-status', 'call-status']

async function counts() {
  const count = async (table: 'calls' | 'threads' | 'entries' | 'notifications' | 'recordings') =>
    (await world.store.db.selectFrom(table).select('id').execute()).length
  return {
    calls: await count('calls'),
    threads: await count('threads'),
    entries: await count('entries'),
    notifications: await count('notifications'),
  }
}

describe('who may knock', () => {
  it.each(doors)('a forged request to %s is refused with 403 and a line in the log, and does nothing', async (door) => {
    await world.start()
    const path = `/twilio/${door}`
    const forged = [
      await post(app(), path, inbound, sign(PUBLIC_URL + path, inbound, 'another secret')),
      await post(app(), path, { ...inbound, From: '+48123456789' }, sign(PUBLIC_URL + path, inbound)),
      await post(app(), `${path}?call=1`, inbound, sign(PUBLIC_URL + path, inbound)),
      await post(app(), path, inbound, sign(`https://localhost${path}`, inbound)),
      await app().inject({ method: 'POST', url: path }),
    ]
    expect(forged.map((reply) => reply.statusCode)).toEqual([403, 403, 403, 403, 403])
    expect(forged[0]?.json().error.code).toBe('forged_webhook')
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(5)
    expect(JSON.stringify(lines)).not.toContain(CALLER)
    expect(await counts()).toEqual({ calls: 0, threads: 0, entries: 0, notifications: 0 })
  })

  it('what is signed but makes no sense is refused in words', async () => {
    await world.start()
    for (const [path, form] of [
      ['/twilio/inbound', { To: CHANNEL_NUMBER }],
      ['/twilio/unanswered?call=7&epoch=1&key=1', {}],
      ['/twilio/unanswered', {}],
      ['/twilio/recorded', { CallSid: 'CA1' }],
    ] as const) {
      const reply = await post(app(), path, form)
      expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'bad_request'])
    }
  })

  it('a call to a number that no channel has is hung up on', async () => {
    await world.start()
    const reply = await post(app(), '/twilio/inbound', { ...inbound, To: '+48999999999' })
    expect(parseTwiml(reply.body).map((verb) => verb.name)).toEqual(['Hangup'])
  })
})

describe('what comes twice', () => {
  it('gets the same answer while the call goes on, and makes nothing twice', async () => {
    await world.addUsers('Anna')
    await world.start()
    const [first, second] = await Promise.all([post(app(), '/twilio/inbound', inbound), post(app(), '/twilio/inbound', inbound)])
    expect(first?.statusCode).toBe(200)
    expect(second?.body).toBe(first?.body)
    expect((await counts()).calls).toBe(1)
    const redirect = parseTwiml(first?.body ?? '').find((verb) => verb.name === 'Redirect')
    const path = (redirect?.text ?? '').replace(PUBLIC_URL, '').replace(/#.*/, '')
    const answers = [await post(app(), path, inbound), await post(app(), path, inbound), await post(app(), path, inbound)]
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
    expect(answers[0]?.body).toContain('<Record')
    expect(await counts()).toEqual({ calls: 1, threads: 1, entries: 1, notifications: 1 })
  })

  it('is a replay when the call is over: 403, a line in the log, and nothing done', async () => {
    await world.addUsers('Anna')
    await world.start()
    const first = await post(app(), '/twilio/inbound', inbound)
    const path = /\/twilio\/unanswered[^<#]*/.exec(first.body)?.[0].replaceAll('&amp;', '&') ?? ''
    await post(app(), path, inbound)
    await world.pass(1)
    await post(app(), '/twilio/call-status', { ...inbound, CallStatus: 'completed' })
    const before = await counts()
    for (const door of ['/twilio/inbound', path]) {
      const replayed = await post(app(), door, inbound)
      expect([replayed.statusCode, replayed.json().error.code]).toEqual([403, 'replayed_webhook'])
    }
    expect(lines.filter(({ level, line }) => level === 'warn' && 'code' in line && line.code === 'replayed_webhook')).toHaveLength(2)
    expect(await counts()).toEqual(before)
  })

  it('is Twilio’s own retry where it ended the call itself, for a minute', async () => {
    await world.addUsers('Anna')
    await world.start()
    await world.store.write(({ db }) => db.updateTable('channels').set({ enabled: false }).execute())
    const first = await post(app(), '/twilio/inbound', inbound)
    expect((await post(app(), '/twilio/inbound', inbound)).body).toBe(first.body)
    await world.pass(61)
    expect((await post(app(), '/twilio/inbound', inbound)).statusCode).toBe(403)
  })
})

describe('documents', () => {
  it('ring for exactly the ring time, then go on to unanswered', async () => {
    await world.addUsers('Anna')
    await world.start()
    await world.store.write(({ db }) => db.updateTable('channels').set({ ring_seconds: 23 }).execute())
    const [play, pause, redirect] = parseTwiml((await post(app(), '/twilio/inbound', inbound)).body)
    expect(play).toMatchObject({ name: 'Play', attributes: { loop: '4' }, text: `${PUBLIC_URL}/media/ringback.wav` })
    expect(pause).toMatchObject({ name: 'Pause', attributes: { length: '3' } })
    expect(redirect?.text).toMatch(/^https:\/\/calls\.example\.com\/twilio\/unanswered\?call=[0-9a-f-]{36}&epoch=1&key=[0-9a-f]{32}#ct=/)
  })

  it('serve a ringing tone that Twilio keeps', async () => {
    await world.start()
    const reply = await app().inject('/media/ringback.wav')
    expect(reply.headers).toMatchObject({ 'content-type': 'audio/wav', 'cache-control': expect.stringContaining('max-age=604800') })
    const samples = new Int16Array(
      reply.rawPayload.buffer.slice(reply.rawPayload.byteOffset + 44, reply.rawPayload.byteOffset + reply.rawPayload.length),
    )
    expect(samples).toHaveLength(5 * 8000)
    // 425 Hz for a second crosses zero 850 times; then silence.
    const crossings = samples
      .slice(0, 8000)
      .reduce((sum, value, index, all) => sum + Number(index > 0 && value >= 0 !== (all[index - 1] ?? 0) >= 0), 0)
    expect(Math.abs(crossings - 850)).toBeLessThanOrEqual(2)
    expect(samples.slice(8000).every((value) => value === 0)).toBe(true)
  })
})

/** Every callback of an answered call and of a voicemail, each lost, doubled and late: always one thread, one notification a user (P9). */
const fates = ['lose', 'double', 'late'] as const
const events = [
  '/twilio/call-status completed',
  '/twilio/conference-status participant-join',
  '/twilio/conference-status participant-leave',
  '/twilio/conference-status conference-end',
  '/twilio/recorded in-progress',
  '/twilio/recording-status in-progress',
]
const matches = (event: string, path: string, form: Record<string, string>) =>
  event === `${path} ${form.StatusCallbackEvent ?? form.CallStatus ?? ''}`

describe.each(fates)('callbacks: %s', (fate) => {
  it.each(events)('%s', async (event) => {
    await world.reset((path, form) => (matches(event, path, form) ? fate : 'deliver'))
    const [anna] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { toIdentity } = await import('../../companion/twilio/identity.ts')
    // One call is answered and ended by the caller.
    const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER)
    await world.settle()
    const call = await world.callOf(leg)
    if (!call) throw new Error('no call')
    const { calls } = world.companion()
    const claim = await calls.accept({ callId: call.id, userId: anna.id, browserId: anna.browserId, epoch: call.epoch, contact: null })
    world.twilio.connect(toIdentity(anna.id), `${PUBLIC_URL}/twilio/join`, {
      call: call.id,
      epoch: String(claim.epoch),
      browser: anna.browserId,
    })
    await world.until(async () => (await world.callOf(leg))?.state === 'live', 'sound')
    world.twilio.hangUp(leg)
    await world.until(async () => (await world.callOf(leg))?.state === 'ended', 'the end')
    expect(await world.callOf(leg)).toMatchObject({ outcome: 'answered' })
    // The next is not, and leaves a message.
    const second = world.twilio.dial(CALLER, CHANNEL_NUMBER, 9)
    await world.until(async () => (await world.callOf(second))?.outcome === 'voicemail', 'the message')
    await world.pass(20)
    expect(await counts()).toEqual({ calls: 2, threads: 2, entries: 3, notifications: 2 })
    const notifications = await world.store.db.selectFrom('notifications').selectAll().execute()
    expect(notifications.map((each) => each.kind)).toEqual(['voicemail', 'voicemail'])
  })
})
