import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { createCache } from '../../background/cache.ts'
import { newestThreads, onCacheChanged, readThread } from '../../utils/cache.ts'
import { cacheDatabase } from '../../utils/cache-database.ts'
import type { Entry, Thread } from '../../utils/protocol/index.ts'
import { createThreadIndex, type ThreadQuery } from '../../utils/thread-index.ts'
import { anna, id, iso, piotr } from './desk-samples.ts'

const thread = (n: number, change: Partial<Thread> = {}): Thread => ({
  id: id(n),
  channel: { id: id(50), name: 'Support' },
  number: `+4860010020${n % 10}`,
  contact: null,
  owner: null,
  missed: false,
  open: true,
  preview: '',
  createdAt: iso(n),
  updatedAt: iso(n),
  seq: n,
  ...change,
})

const comment = (n: number, seq: number, text: string): Entry => ({
  id: id(n),
  threadId: id(1),
  at: iso(n),
  author: anna,
  seq,
  type: 'note',
  callId: null,
  text,
  revision: 1,
  editedAt: iso(n),
})

const cache = createCache()

beforeEach(async () => {
  const database = await cacheDatabase()
  for (const name of ['threads', 'entries', 'contacts', 'notes', 'meta'] as const) await database.clear(name)
  await cache.putThreads(
    [
      thread(1, { owner: anna, contact: { name: 'Ewa Nowak', company: 'Acme', number: '+48600100201' } }),
      thread(2, { missed: true }),
      thread(3, { owner: piotr, open: false, preview: 'Wants a refund' }),
    ],
    3,
  )
})

const numbersOf = (threads: Thread[]) => threads.map((found) => Number(found.id.slice(-3)))
const ids = async (query: Partial<ThreadQuery>) => {
  const index = createThreadIndex()
  const found = await index.list({ filter: 'all', userId: anna.id, ...query })
  index.close()
  return numbersOf(found)
}

test('lists newest first, by filter and limit', async () => {
  expect(await ids({})).toEqual([3, 2, 1])
  expect(numbersOf(await newestThreads(2))).toEqual([3, 2])
  expect(await ids({ filter: 'mine' })).toEqual([1])
  expect(await ids({ filter: 'unassigned' })).toEqual([2])
  expect(await ids({ filter: 'missed' })).toEqual([2])
  expect(await ids({ filter: 'closed' })).toEqual([3])
})

test('finds by name, company, words of the preview, and a number however it is written', async () => {
  expect(await ids({ text: 'nowak acme' })).toEqual([1])
  expect(await ids({ text: 'REFUND' })).toEqual([3])
  expect(await ids({ text: '600 100-202' })).toEqual([2])
  expect(await ids({ text: 'nobody' })).toEqual([])
})

test('an open list follows the cache: changed, new and forgotten threads', async () => {
  const index = createThreadIndex()
  const now = async () => (await index.list({ filter: 'open' })).map(({ id, preview }) => `${Number(id.slice(-3))} ${preview}`.trim())
  expect(await now()).toEqual(['2', '1'])
  await cache.apply([{ type: 'thread-changed', thread: thread(1, { seq: 9, preview: 'again', updatedAt: iso(9) }) }], 9)
  await cache.putThreads([thread(4), thread(2, { seq: 9, open: false })], null)
  await expect.poll(now).toEqual(['1 again', '4'])
  await cache.reset()
  await expect.poll(now).toEqual([])
  index.close()
})

test('an older change that comes late does not undo a newer one', async () => {
  await cache.apply([{ type: 'thread-changed', thread: thread(1, { seq: 9, preview: 'new' }) }], 9)
  await cache.apply([{ type: 'thread-changed', thread: thread(1, { seq: 5, preview: 'old' }) }], 9)
  expect((await readThread(id(1)))?.thread.preview).toBe('new')
  expect(await cache.upTo()).toBe(9)
})

test('a thread is read with its entries in order of time', async () => {
  await cache.putThread({ thread: thread(1, { seq: 4 }), entries: [comment(12, 4, 'second'), comment(11, 4, 'first')] })
  await cache.apply([{ type: 'entry-changed', entry: comment(12, 5, 'second, edited') }], 5)
  const detail = await readThread(id(1))
  expect(detail?.entries.map((entry) => entry.type === 'note' && entry.text)).toEqual(['first', 'second, edited'])
  expect(await readThread(id(99))).toBeUndefined()
})

test('other contexts hear which threads changed', async () => {
  const heard = new Promise((resolve) => {
    const stop = onCacheChanged((change) => {
      stop()
      resolve(change)
    })
  })
  await cache.apply([{ type: 'thread-changed', thread: thread(2, { seq: 8 }) }], 8)
  expect(await heard).toEqual({ threadIds: [id(2)] })
})

test('another user finds nothing of the former one', async () => {
  await cache.belongTo(anna.id)
  await cache.belongTo(anna.id)
  expect(await ids({})).toHaveLength(3)
  const database = await cacheDatabase()
  const note = { threadId: id(1), author: anna.id, callId: null, text: 'x', revision: 2 }
  await database.put('notes', { ...note, noteId: id(60), sentRevision: 2 })
  await database.put('notes', { ...note, noteId: id(61), sentRevision: 1 })
  await cache.belongTo(piotr.id)
  expect((await database.getAll('notes')).map(({ noteId }) => noteId)).toEqual([id(61)])
  expect(await ids({})).toEqual([])
  expect(await cache.upTo()).toBeNull()
})

test('signing out keeps only the notes that were not sent', async () => {
  const database = await cacheDatabase()
  const note = { threadId: id(1), author: anna.id, callId: null, text: 'x', revision: 2 }
  await database.put('notes', { ...note, noteId: id(60), sentRevision: 2 })
  await database.put('notes', { ...note, noteId: id(61), sentRevision: 1 })
  await cache.forget()
  expect(await ids({})).toEqual([])
  expect((await database.getAll('notes')).map(({ noteId }) => noteId)).toEqual([id(61)])
})
