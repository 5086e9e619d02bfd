import { expect, test, vi } from 'vitest'
import { createFeedReader } from '../../background/feed-reader.ts'
import type { Client } from '../../utils/companion-client.ts'
import type { Event, ServerFrame, Thread } from '../../utils/protocol/index.ts'
import { id, iso, me } from './desk-samples.ts'

const thread = (n: number) => ({ id: id(n), updatedAt: iso(n), seq: n }) as Thread
const event = (seq: number) => ({ seq, event: { type: 'thread-changed', thread: thread(seq) } satisfies Event })
const events = (from: number, upTo: number, ...seqs: number[]): ServerFrame => ({ type: 'events', from, upTo, events: seqs.map(event) })
const welcome = (upTo: number, reset = false): ServerFrame => ({
  type: 'welcome',
  upTo,
  reset,
  me,
  offers: [],
  call: null,
  notifications: [],
  now: iso(0),
})

function setUp(since: number | null, pages: { threads: Thread[]; more: boolean; upTo: number }[] = []) {
  const applied: [number[], number | null][] = []
  const put: [string[], number | null][] = []
  const hellos: (number | null)[] = []
  const resets: true[] = []
  const seen: number[] = []
  const queries: unknown[] = []
  const reader = createFeedReader({
    since,
    hello: (from) => hellos.push(from),
    cache: {
      upTo: async () => since,
      apply: async (all, upTo) => void applied.push([all.map((one) => (one.type === 'thread-changed' ? one.thread.seq : -1)), upTo]),
      putThreads: async (threads, upTo) => void put.push([threads.map((one) => one.id), upTo]),
      putThread: async () => undefined,
      belongTo: async () => undefined,
      reset: async () => void resets.push(true),
      forget: async () => undefined,
    },
    call: (async (_name: string, { query }: { query: unknown }) => {
      queries.push(query)
      return pages.shift()
    }) as unknown as Client['call'],
    dispatch: (input) => {
      if (input.type === 'frame-received' && input.frame.type === 'events') seen.push(...input.frame.events.map(({ seq }) => seq))
    },
    onFailure: (error) => expect.fail(String(error)),
  })
  return { reader, applied, put, hellos, resets, seen, queries }
}

test('takes events up once, also where they were sent again', async () => {
  const { reader, seen, applied } = setUp(5)
  reader.read(welcome(7))
  reader.read(events(5, 7, 6, 7))
  reader.read(events(5, 8, 6, 7, 8))
  await vi.waitFor(() => expect(applied).toHaveLength(2))
  expect(seen).toEqual([6, 7, 8])
  expect(applied.at(-1)).toEqual([[8], 8])
})

test('a gap is asked for, and nothing is skipped', async () => {
  const { reader, hellos, seen } = setUp(5)
  reader.read(events(9, 10, 10))
  expect(hellos).toEqual([5])
  expect(seen).toEqual([])
  reader.read(events(5, 10, 7, 10))
  expect(seen).toEqual([7, 10])
})

test('a gap that the companion cannot fill ends in a fresh read, not in a loop', async () => {
  const { reader, hellos, put } = setUp(5, [{ threads: [thread(10)], more: false, upTo: 10 }])
  reader.read(events(9, 10, 10))
  reader.read(events(9, 10, 10))
  expect(hellos).toEqual([5, null])
  reader.read(welcome(10))
  await vi.waitFor(() => expect(put).toEqual([[[id(10)], 10]]))
})

test('a first read takes page after page and is complete only at the last', async () => {
  const { reader, put, queries } = setUp(null, [
    { threads: [thread(4), thread(3)], more: true, upTo: 4 },
    { threads: [thread(2)], more: false, upTo: 6 },
  ])
  reader.read(welcome(4))
  await vi.waitFor(() => expect(put).toHaveLength(2))
  expect(put).toEqual([
    [[id(4), id(3)], null],
    [[id(2)], 4],
  ])
  expect(queries).toMatchObject([{ before: undefined }, { before: iso(3) }])
})

test('a reset forgets what was cached first', async () => {
  const { reader, resets, put } = setUp(5, [{ threads: [], more: false, upTo: 90 }])
  reader.read(welcome(90, true))
  await vi.waitFor(() => expect(put).toEqual([[[], 90]]))
  expect(resets).toEqual([true])
})
