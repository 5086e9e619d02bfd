import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pruneEvents } from '../../companion/store/prune.ts'
import type { FeedEvent, Store, Writer } from '../../companion/store/store.ts'
import type { Event } from '../../utils/protocol/index.ts'
import { stopTestStores, storeKinds, testDatabaseUrl, testStore } from '../kit/store.ts'

const cleared = (): Event => ({ type: 'notification-cleared', notificationId: randomUUID() })
const now = new Date('2026-11-22T08:00:00.123Z')

async function addUser({ db }: Writer, name = 'Anna'): Promise<string> {
  const id = randomUUID()
  await db.insertInto('users').values({ id, name, role: 'agent', created_at: now }).execute()
  return id
}

afterAll(stopTestStores)

describe.each(storeKinds)('the store on %s', (kind) => {
  let store: Store

  beforeEach(async ({ skip }) => {
    const opened = await testStore(kind)
    if (!opened) return skip('PostgreSQL is not installed')
    store = opened
  })
  afterEach(() => store?.close())

  test('reads back instants, big numbers, lists, days and JSON as they were written', async () => {
    const users = [randomUUID(), randomUUID()]
    const event = cleared()
    const ranges = [{ fromMinute: 600, untilMinute: 840 }]
    const seq = await store.write(async (writer) => {
      const channel = randomUUID()
      const greeting = { text: 'Zażółć "gęślą" jaźń', language: 'pl-PL', voice: 'Polly.Ewa', uploadId: null }
      await writer.db
        .insertInto('channels')
        .values({
          id: channel,
          name: 'Support',
          time_zone: 'Europe/Warsaw',
          greetings: { inHours: greeting, afterHours: greeting, closed: greeting },
          created_at: now,
        })
        .execute()
      await writer.db
        .insertInto('holidays')
        .values({ channel_id: channel, day: '2026-12-24', name: 'Wigilia', ranges: JSON.stringify(ranges) })
        .execute()
      return writer.emit(users, event)
    })
    const channel = await store.db.selectFrom('channels').selectAll().executeTakeFirstOrThrow()
    expect(channel.created_at).toEqual(now)
    expect(channel.greetings.inHours.text).toBe('Zażółć "gęślą" jaźń')
    expect(channel.ring_seconds).toBe(30)
    expect(await store.db.selectFrom('holidays').select(['day', 'ranges']).executeTakeFirst()).toEqual({ day: '2026-12-24', ranges })
    const row = await store.db.selectFrom('events').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ seq, users, event })
    expect(
      await store.db
        .selectFrom('events')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirst(),
    ).toEqual({ n: 1 })
  })

  test('a write that fails leaves nothing: no row, no event, no effect', async () => {
    const effect = vi.fn()
    const before = await store.upTo()
    const failed = store.write(async (writer) => {
      await addUser(writer)
      await writer.emit(null, cleared())
      writer.afterCommit(effect)
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await store.db.selectFrom('users').selectAll().execute()).toEqual([])
    expect(await store.upTo()).toBe(before)
    expect(effect).not.toHaveBeenCalled()
  })

  test('effects run after the commit, in order', async () => {
    const order: string[] = []
    await store.write(async (writer) => {
      writer.afterCommit(async () => {
        order.push(`first sees ${(await store.db.selectFrom('users').selectAll().execute()).length}`)
      })
      writer.afterCommit(() => {
        order.push('second')
      })
      await addUser(writer)
    })
    await vi.waitFor(() => expect(order).toEqual(['first sees 1', 'second']))
  })

  test('tells of every event once, in order and without a gap, however many write at once', async () => {
    const told: FeedEvent[] = []
    let reached = 0
    store.onEvents((events, upTo) => {
      told.push(...events)
      reached = upTo
    })
    await Promise.all(
      Array.from({ length: 60 }, () =>
        store.write(async (writer) => [await writer.emit(null, cleared()), await writer.emit(null, cleared())]),
      ),
    )
    await vi.waitFor(() => expect(reached).toBe(120))
    expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
  })

  test('a writer that was slow to commit is not overtaken', async () => {
    const told: number[] = []
    store.onEvents((events) => told.push(...events.map(({ seq }) => seq)))
    const slow = store.write(async (writer) => {
      await writer.emit(null, cleared())
      await sql`select pg_sleep(0.05)`.execute(writer.db)
    })
    const fast = store.write((writer) => writer.emit(null, cleared()))
    await Promise.all([slow, fast])
    await vi.waitFor(() => expect(told).toEqual([1, 2]))
  })

  test('a client that comes back gets what is meant for it', async () => {
    const [anna, jan] = [randomUUID(), randomUUID()]
    await store.write(async (writer) => {
      await writer.emit([anna], cleared())
      await writer.emit([jan], cleared())
      await writer.emit(null, cleared())
      await writer.emit([anna, jan], cleared())
    })
    const seen = await store.eventsSince(jan, 1)
    expect(seen?.events.map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(seen?.upTo).toBe(4)
    expect(await store.eventsSince(anna, 4)).toEqual({ events: [], upTo: 4 })
  })

  test('a client that was away for too long, or knows more than we do, is told so', async () => {
    const anna = randomUUID()
    for (let index = 0; index < 5; index += 1) await store.write((writer) => writer.emit([anna], cleared()))
    await pruneEvents(store.db, new Date(), 2)
    expect(await store.eventsSince(anna, 2)).toBeUndefined()
    expect((await store.eventsSince(anna, 3))?.events.map(({ seq }) => seq)).toEqual([4, 5])
    expect(await store.eventsSince(anna, 6)).toBeUndefined()
    await pruneEvents(store.db, new Date(Date.now() + 8 * 24 * 3600 * 1000))
    expect(await store.eventsSince(anna, 4)).toBeUndefined()
    expect((await store.eventsSince(anna, 5))?.events).toEqual([])
  })

  test('of 100 who take one row at once, one wins, in good time', async () => {
    const users = await store.write((writer) => Promise.all(Array.from({ length: 100 }, (_, index) => addUser(writer, `user ${index}`))))
    const start = performance.now()
    const won = await Promise.all(
      users.map((id) =>
        store.write(async ({ db, emit }) => {
          const row = await db
            .insertInto('settings')
            .values({ key: 'taken', value: { by: id } })
            .onConflict((conflict) => conflict.doNothing())
            .returning('key')
            .executeTakeFirst()
          if (row) await emit(users, cleared())
          return row !== undefined
        }),
      ),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(3000)
    expect(await store.upTo()).toBe(1)
  })

  test('a write inside a write is refused at once instead of waiting for itself', async () => {
    await expect(store.write(() => store.write(async () => 1))).rejects.toThrow('within store.write()')
  })

  test('after close a write is store_failed', async () => {
    await store.close()
    await expect(store.write(async () => 1)).rejects.toMatchObject({ code: 'store_failed' })
  })
})

test('two companions on one PostgreSQL each hear of everything, once, in order, also while both write', async ({ skip }) => {
  const databaseUrl = await testDatabaseUrl()
  if (databaseUrl === undefined) return skip('PostgreSQL is not installed')
  // Both find an empty database and migrate it at once.
  const stores = await Promise.all([1, 2].map(async () => (await testStore('postgresql', { databaseUrl })) as Store))
  const told = stores.map((store) => {
    const seqs: number[] = []
    store.onEvents((events) => seqs.push(...events.map(({ seq }) => seq)))
    return seqs
  })
  await Promise.all(stores.flatMap((store) => Array.from({ length: 50 }, () => store.write((writer) => writer.emit(null, cleared())))))
  const all = Array.from({ length: 100 }, (_, index) => index + 1)
  for (const seqs of told) await vi.waitFor(() => expect(seqs).toEqual(all))
  // A line that breaks is made again, and what was written meanwhile is read.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`.execute(stores[0]?.db ?? never())
  await stores[1]?.write((writer) => writer.emit(null, cleared()))
  await vi.waitFor(() => expect(told[0]).toEqual([...all, 101]), { timeout: 5000 })
  await Promise.all(stores.map((store) => store.close()))
})

const never = (): never => {
  throw new Error('two stores')
}
