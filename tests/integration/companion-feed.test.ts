import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { disableUser } from '../../companion/people/disable.ts'
import { type Entry, PROTOCOL_VERSION } from '../../utils/protocol/index.ts'
import { type Feed, ORIGIN, openSocket, startTestCompanion, type TestCompanion, working } from '../kit/companion.ts'
import { until } from '../kit/process.ts'
import { stopTestStores, storeKinds } from '../kit/store.ts'

afterAll(stopTestStores)

/** A call that rings for these users, as the router would have written it. */
async function ring({ store }: TestCompanion, channelId: string, users: string[]): Promise<string> {
  const id = randomUUID()
  await store.write(async (writer) => {
    const { db, now } = writer
    await db
      .insertInto('calls')
      .values({
        id,
        provider_sid: `CA${id}`,
        channel_id: channelId,
        direction: 'inbound',
        from_number: '+48500600700',
        to_number: '+14155550100',
        state: 'ringing',
        epoch: 1,
        ring_until: new Date(now.getTime() + 30_000),
        arrived_at: now,
        checked_at: now,
      })
      .execute()
    await db
      .insertInto('ledger')
      .values(users.map((user_id) => ({ call_id: id, user_id, epoch: 1, verdict: 'ringing' as const, rang_at: now })))
      .execute()
    const call = { ...callOf(id, channelId), arrivedAt: now.toISOString(), ringUntil: new Date(now.getTime() + 30_000).toISOString() }
    await writer.emit(users, { type: 'call-offered', call })
  })
  return id
}

const callOf = (id: string, channelId: string) => ({
  id,
  state: 'ringing' as const,
  direction: 'inbound' as const,
  channel: { id: channelId, name: 'Support' },
  from: '+48500600700',
  to: '+14155550100',
  contact: null,
  epoch: 1,
  claimedBy: null,
  liveAt: null,
  endedAt: null,
  outcome: null,
  missedReason: null,
  threadId: null,
})

const longNote = (length: number): Entry => ({
  id: randomUUID(),
  threadId: randomUUID(),
  at: new Date(0).toISOString(),
  author: null,
  seq: 1,
  type: 'note',
  callId: null,
  text: 'x'.repeat(length),
  revision: 1,
  editedAt: new Date(0).toISOString(),
})

describe.each(storeKinds)('the feed on %s', (kind) => {
  let companion: TestCompanion

  beforeEach(async ({ skip }) => {
    const started = await startTestCompanion(kind)
    if (!started) return skip('PostgreSQL is not installed')
    companion = started
  })
  afterEach(() => companion?.close())

  test('a browser that is there makes its user ready; one that goes makes them offline', async () => {
    const anna = await companion.signIn(await companion.addUser())
    const first = await anna.openFeed({ facts: { microphone: 'unknown', voice: 'stopped' } })
    expect(first.welcome.me).toMatchObject({ wanted: true, status: 'blocked', reason: 'microphone-unknown' })
    const second = await anna.openFeed()
    expect(second.welcome.me.status).toBe('ready')
    // The other browser is told too.
    await until(() => first.events().some(({ event }) => event.type === 'me-changed' && JSON.stringify(event).includes('"ready"')))
    second.cut()
    await until(() => JSON.stringify(first.events().at(-1)).includes('"microphone-unknown"'))
    first.cut()
    await until(async () => {
      const rows = await companion.store.db.selectFrom('browsers').select('companion_id').execute()
      return rows.every((row) => row.companion_id === null)
    })
  })

  test('an offer reaches those whom it is for, once, and nobody else; the ledger says when', async () => {
    const channel = await companion.addChannel()
    const [anna, jan, eve] = await Promise.all(
      [1, 2, 3].map(async () => companion.signIn(await companion.addUser({ channels: [channel] }))),
    )
    if (!anna || !jan || !eve) throw new Error('three')
    const [annas, jans, eves] = await Promise.all([anna.openFeed(), jan.openFeed(), eve.openFeed()])
    const callId = await ring(companion, channel, [anna.userId, jan.userId])
    await Promise.all([annas.event('call-offered'), jans.event('call-offered')])
    await companion.store.write((writer) => writer.emit(null, { type: 'notification-cleared', notificationId: randomUUID() }))
    await eves.event('notification-cleared')
    expect(JSON.stringify(eves.frames)).not.toContain(callId)
    expect(annas.events().filter(({ event }) => event.type === 'call-offered')).toHaveLength(1)
    await until(async () => {
      const lines = await companion.store.db.selectFrom('ledger').select('told_at').where('call_id', '=', callId).execute()
      return lines.length === 2 && lines.every((line) => line.told_at !== null)
    })
  })

  test('who comes while it rings is told in the welcome', async () => {
    const channel = await companion.addChannel()
    const anna = await companion.signIn(await companion.addUser({ channels: [channel] }))
    const callId = await ring(companion, channel, [anna.userId])
    const feed = await anna.openFeed()
    expect(feed.welcome.offers.map(({ id }) => id)).toEqual([callId])
    await until(async () => (await companion.store.db.selectFrom('ledger').select('told_at').executeTakeFirst())?.told_at)
  })

  test('frames cover the line without a gap, and one that comes back gets what it missed', async () => {
    const channel = await companion.addChannel()
    const anna = await companion.signIn(await companion.addUser({ channels: [channel] }))
    const other = await companion.addUser()
    const feed = await anna.openFeed()
    const emit = (users: string[]) =>
      companion.store.write((writer) => writer.emit(users, { type: 'notification-cleared', notificationId: randomUUID() }))
    for (let index = 0; index < 10; index += 1) await emit(index % 2 ? [anna.userId] : [other])
    await until(() => feed.events().length >= 5)
    let reached = feed.welcome.upTo
    for (const frame of feed.frames) {
      if (frame.type !== 'events') continue
      expect(frame.from).toBe(reached)
      for (const { seq } of frame.events) expect(seq > frame.from && seq <= frame.upTo).toBe(true)
      reached = frame.upTo
    }
    feed.cut()
    const threadId = randomUUID()
    await companion.store.write(async (writer) => {
      await writer.db
        .insertInto('threads')
        .values({ id: threadId, channel_id: channel, number: 'anonymous', created_at: writer.now, updated_at: writer.now })
        .execute()
    })
    const admin = await companion.signIn(await companion.addUser({ role: 'admin' }))
    await admin.ask('PUT', `/api/threads/${threadId}/owner`, { ownerId: anna.userId })
    const back = await anna.openFeed({ since: reached, browserId: feed.browserId })
    expect(back.welcome.reset).toBe(false)
    const missed = await until(() => back.frames.find((frame) => frame.type === 'events'))
    expect(missed).toMatchObject({ from: reached })
    expect(back.events().map(({ event }) => event.type)).toContain('thread-changed')
    // A call that rang meanwhile, and is over, must not ring again.
    expect(back.events().map(({ event }) => event.type)).not.toContain('me-changed')
  })

  test('one that knows too much, or was away too long, is told to read afresh', async () => {
    const anna = await companion.signIn(await companion.addUser())
    const feed = await anna.openFeed({ since: 1_000_000 })
    expect(feed.welcome).toMatchObject({ reset: true })
    expect(feed.welcome.upTo).toBeLessThan(1000)
  })

  describe('a browser that missed long notes', () => {
    const NOTE = 20_000
    const write = (userId: string, notes: number) =>
      companion.store.write(async (writer) => {
        const seqs = []
        for (let index = 0; index < notes; index += 1)
          seqs.push(await writer.emit([userId], { type: 'entry-changed', entry: longNote(NOTE) }))
        return seqs
      })
    const stretches = (feed: Feed) => feed.frames.filter((frame) => frame.type === 'events')

    test('reads them in frames that a slow line carries, and goes on from the last where it breaks', async () => {
      const anna = await companion.signIn(await companion.addUser())
      const { welcome } = await anna.openFeed()
      const seqs = await write(anna.userId, 30)
      const broken = await anna.openFeed({ since: welcome.upTo })
      await until(() => broken.events().length === 30)
      for (const frame of broken.frames) expect(JSON.stringify(frame).length).toBeLessThan(64 * 1024 + 1000)
      const kept = stretches(broken).slice(0, 3)
      expect(kept.map(({ from }) => from)).toEqual([welcome.upTo, ...kept.slice(0, 2).map(({ upTo }) => upTo)])
      const heard = kept.flatMap(({ events }) => events.map(({ seq }) => seq))
      expect(heard.length).toBeLessThan(30)
      const again = await anna.openFeed({ since: kept.at(-1)?.upTo ?? null })
      await until(() => again.events().length === 30 - heard.length)
      expect([...heard, ...again.events().map(({ seq }) => seq)]).toEqual(seqs)
      expect(again.welcome.reset).toBe(false)
    })

    test('reads afresh where they are more than a line should carry: the line itself stays open', async () => {
      const anna = await companion.signIn(await companion.addUser())
      const { welcome } = await anna.openFeed()
      await write(anna.userId, 60)
      const feed = await anna.openFeed({ since: welcome.upTo })
      expect(feed.welcome.reset).toBe(true)
      feed.say({ type: 'ping' })
      await until(() => feed.frames.some((frame) => frame.type === 'pong'))
      expect(feed.events()).toEqual([])
    })

    test('is told only the last of each', async () => {
      const anna = await companion.signIn(await companion.addUser())
      const { welcome } = await anna.openFeed()
      const entry = longNote(NOTE)
      const said = async () => companion.store.write((writer) => writer.emit([anna.userId], { type: 'entry-changed', entry }))
      for (let index = 0; index < 60; index += 1) await said()
      const last = await said()
      const feed = await anna.openFeed({ since: welcome.upTo })
      await until(() => feed.events().length > 0)
      expect(feed.events().map(({ seq }) => seq)).toEqual([last])
    })
  })

  test('what happens during a hello is neither lost nor said twice', async () => {
    const anna = await companion.signIn(await companion.addUser())
    const feed = await anna.openFeed()
    let emitting = true
    const emitted = (async () => {
      const seqs = []
      while (emitting) {
        // The embedded database never waits for anything outside: without this no socket would be read.
        await new Promise(setImmediate)
        seqs.push(
          await companion.store.write((writer) =>
            writer.emit([anna.userId], { type: 'notification-cleared', notificationId: randomUUID() }),
          ),
        )
      }
      return seqs
    })()
    for (let index = 0; index < 5; index += 1) {
      const welcomes = feed.frames.filter((frame) => frame.type === 'welcome').length
      feed.say({ type: 'hello', protocol: PROTOCOL_VERSION, version: 'test', browserId: feed.browserId, since: null, facts: working })
      await until(() => feed.frames.filter((frame) => frame.type === 'welcome').length > welcomes)
    }
    emitting = false
    const all = await emitted
    const last = all.at(-1) ?? 0
    await until(() => feed.events().some(({ seq }) => seq === last))
    const lastWelcome = feed.frames.findLast((frame) => frame.type === 'welcome')
    const after = feed.frames
      .slice(feed.frames.indexOf(lastWelcome ?? feed.welcome))
      .flatMap((frame) => (frame.type === 'events' ? frame.events : []))
    const upTo = lastWelcome?.type === 'welcome' ? lastWelcome.upTo : 0
    expect(after.filter(({ event }) => event.type === 'notification-cleared').map(({ seq }) => seq)).toEqual(
      all.filter((seq) => seq > upTo),
    )
  })

  test('a ping is answered', async () => {
    const anna = await companion.signIn(await companion.addUser())
    const feed = await anna.openFeed()
    feed.say({ type: 'ping' })
    await until(() => feed.frames.some((frame) => frame.type === 'pong'))
  })

  test('signing out and being switched off end the sockets, with a reason', async () => {
    const [anna, jan] = [
      await companion.signIn(await companion.addUser()),
      await companion.signIn(await companion.addUser({ name: 'Jan' })),
    ]
    const [annas, jans] = [await anna.openFeed(), await jan.openFeed()]
    await anna.ask('POST', '/api/sign-out', {})
    await annas.closed
    expect(annas.frames.at(-1)).toMatchObject({ type: 'refused', error: { code: 'signed_out' } })
    await companion.store.write((writer) => disableUser(writer, jan.userId, async () => {}))
    await jans.closed
    expect(jans.frames.at(-1)).toMatchObject({ type: 'refused', error: { code: 'user_disabled' } })
  })
})

describe('at the door', () => {
  let companion: TestCompanion
  const ticketOf = async () => {
    const anna = await companion.signIn(await companion.addUser())
    return ((await anna.ask('POST', '/api/socket-ticket', {})).body as { ticket: string }).ticket
  }
  const refusal = async (socket: ReturnType<typeof openSocket>) => {
    await socket.closed
    const last = socket.frames.at(-1)
    return last?.type === 'refused' ? last.error.code : 'nothing'
  }

  beforeEach(async () => {
    const started = await startTestCompanion()
    if (!started) throw new Error('no companion')
    companion = started
  })
  afterEach(() => companion.close())

  test('only an extension gets in', async () => {
    for (const origin of ['https://evil.example', null]) {
      const { ws, closed } = openSocket(companion.app.url, await ticketOf(), origin)
      const status = await new Promise((resolve) =>
        ws.once('unexpected-response', (_request, response) => resolve(response.statusCode)).once('open', () => resolve('open')),
      )
      expect(status).toBe(403)
      ws.terminate()
      await closed
    }
  })

  test('a ticket works once, and for a minute', async () => {
    const ticket = await ticketOf()
    const first = openSocket(companion.app.url, ticket, ORIGIN)
    await until(() => first.ws.readyState === first.ws.OPEN)
    first.ws.send('{"type":"ping"}')
    expect(await refusal(first)).toBe('bad_request') // a ping before hello: but it was let in
    expect(await refusal(openSocket(companion.app.url, ticket))).toBe('bad_request')
    const late = await ticketOf()
    await companion.clock.advance(61_000)
    expect(await refusal(openSocket(companion.app.url, late))).toBe('bad_request')
  })

  test('another version, and what is no frame, are refused in words', async () => {
    const say = async (text: string) => {
      const socket = openSocket(companion.app.url, await ticketOf())
      await until(() => socket.ws.readyState === socket.ws.OPEN)
      socket.ws.send(text)
      return refusal(socket)
    }
    expect(await say('{"type":"hello","protocol":99,"anything":true}')).toBe('protocol_mismatch')
    expect(await say('no json')).toBe('bad_request')
    expect(await say(`{"type":"hello","protocol":${PROTOCOL_VERSION}}`)).toBe('bad_request')
  })
})

test('silence is the end of a line, and of being reachable', async () => {
  const companion = await startTestCompanion('pglite', { feed: { silenceMs: 1000 } })
  if (!companion) return
  const anna = await companion.signIn(await companion.addUser())
  const feed = await anna.openFeed()
  await feed.closed
  await until(
    async () => (await companion.store.db.selectFrom('browsers').select('companion_id').executeTakeFirst())?.companion_id === null,
  )
  expect((await anna.ask('PUT', '/api/me/wanted', { wanted: true })).body).toMatchObject({ status: 'offline' })
  await companion.close()
})

test('100 sockets are told of a call within 300 ms', async () => {
  const companion = await startTestCompanion()
  if (!companion) return
  const channel = await companion.addChannel()
  const users = await Promise.all(Array.from({ length: 100 }, () => companion.addUser({ channels: [channel] })))
  const feeds = await Promise.all(users.map(async (userId) => (await companion.signIn(userId)).openFeed()))
  const took = []
  // The best of some: other tests share the machine.
  for (let index = 0; index < 5; index += 1) {
    const start = performance.now()
    const callId = await ring(companion, channel, users)
    await until(() => feeds.every((feed) => JSON.stringify(feed.frames.at(-1)).includes(callId)))
    took.push(performance.now() - start)
  }
  expect(Math.min(...took)).toBeLessThan(300)
  await companion.close()
}, 120_000)
