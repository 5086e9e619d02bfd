import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCache } from '../../background/cache.ts'
import { createOutbox, type Outbox } from '../../background/outbox.ts'
import { cacheDatabase, type StoredNote } from '../../utils/cache-database.ts'
import { type Entry, RingsideError } from '../../utils/protocol/index.ts'
import { anna, id, iso, piotr } from './desk-samples.ts'

const note = (text: string) => ({ noteId: id(60), threadId: id(20), callId: id(10), text })

/** Who is signed in. */
let user: string | null = anna.id

function setUp(send: (note: StoredNote) => Promise<unknown>) {
  const states: string[] = []
  const counts: number[] = []
  const sent: StoredNote[] = []
  const outbox = createOutbox({
    author: () => user,
    async send(stored) {
      await send(stored)
      sent.push(stored)
      return {
        id: stored.noteId,
        threadId: stored.threadId,
        at: iso(1),
        author: null,
        seq: 1,
        type: 'note',
        callId: stored.callId,
        text: stored.text,
        revision: stored.revision,
        editedAt: iso(1),
      } satisfies Entry
    },
    onState: (_, state) => states.push(state),
    onSent: () => undefined,
    onCount: (unsent) => counts.push(unsent),
  })
  return { outbox, states, counts, sent }
}

let current: Outbox | undefined
beforeEach(async () => {
  user = anna.id
  for (const name of ['notes', 'entries', 'meta'] as const) await (await cacheDatabase()).clear(name)
})
afterEach(() => {
  current?.stop()
  vi.useRealTimers()
})

test('what is typed is on disk at each key, in order, and sent once, a moment after the last', async () => {
  const { outbox, sent, states } = setUp(async () => undefined)
  current = outbox
  await Promise.all([outbox.write(note('D')), outbox.write(note('De')), outbox.write(note('Deli'))])
  expect(await (await cacheDatabase()).get('notes', id(60))).toMatchObject({ text: 'Deli', revision: 3, sentRevision: 0 })
  expect(sent).toEqual([])
  await vi.waitFor(() => expect(states.at(-1)).toBe('saved'), 3000)
  expect(sent.map(({ text, revision }) => [text, revision])).toEqual([['Deli', 3]])
})

test('without a line it waits, is counted, and goes out when the line opens; typed on meanwhile, the newest goes', async () => {
  let reachable = false
  const { outbox, sent, states, counts } = setUp(async () => {
    if (!reachable) throw new RingsideError('companion_unreachable')
  })
  current = outbox
  await outbox.write(note('First'))
  await vi.waitFor(() => expect(states.at(-1)).toBe('waiting'), 3000)
  expect(counts).toEqual([1])
  await outbox.write(note('First, and more'))
  reachable = true
  await outbox.resume()
  expect(sent.at(-1)).toMatchObject({ text: 'First, and more', revision: 2 })
  expect(states.at(-1)).toBe('saved')
  expect(counts.at(-1)).toBe(0)
})

test('what a stopped worker left behind is sent by the next', async () => {
  const before = setUp(async () => undefined)
  await before.outbox.write(note('Typed just before the stop'))
  before.outbox.stop()
  const after = setUp(async () => undefined)
  current = after.outbox
  await after.outbox.resume()
  expect(after.sent.map(({ text }) => text)).toEqual(['Typed just before the stop'])
  expect(await after.outbox.find(id(20), id(10))).toMatchObject({ sentRevision: 1 })
})

test('a note that was begun in another browser goes on from its revision', async () => {
  const { outbox, sent } = setUp(async () => undefined)
  current = outbox
  const entry = {
    id: id(60),
    threadId: id(20),
    at: iso(1),
    author: null,
    seq: 1,
    type: 'note',
    callId: id(10),
    text: 'Begun',
    revision: 7,
    editedAt: iso(1),
  } as const
  await (await cacheDatabase()).put('entries', entry)
  await outbox.write({ ...note('Begun, and ended'), callId: null })
  await outbox.resume()
  expect(sent).toMatchObject([{ text: 'Begun, and ended', revision: 8, callId: id(10) }])
})

test('overtaken by another browser, what was typed here last goes once more, above it', async () => {
  const sent: number[] = []
  const outbox = createOutbox({
    author: () => user,
    async send({ noteId, threadId, callId, text, revision }) {
      sent.push(revision)
      const kept = revision > 5 ? { text, revision } : { text: 'Theirs', revision: 5 }
      return { id: noteId, threadId, at: iso(1), author: null, seq: 1, type: 'note', callId, editedAt: iso(1), ...kept }
    },
    onState: () => undefined,
    onSent: () => undefined,
    onCount: () => undefined,
  })
  current = outbox
  await outbox.write(note('Mine'))
  await vi.waitFor(() => expect(sent).toEqual([1, 6]), 3000)
  await vi.waitFor(async () => expect(await outbox.find(id(20), id(10))).toMatchObject({ text: 'Mine', revision: 6, sentRevision: 6 }))
})

test('a refusal that repeating does not mend is told, and the text stays', async () => {
  const { outbox, states } = setUp(async () => {
    throw new RingsideError('not_allowed')
  })
  current = outbox
  await outbox.write(note('Mine'))
  await vi.waitFor(() => expect(states.at(-1)).toBe('waiting'), 3000)
  expect(await outbox.find(id(20), id(10))).toMatchObject({ text: 'Mine' })
})

test('a note over the limit is refused whole, and what was there stays', async () => {
  const { outbox } = setUp(async () => undefined)
  current = outbox
  await outbox.write(note('Short'))
  await expect(outbox.write(note('x'.repeat(20_001)))).rejects.toMatchObject({ code: 'too_large' })
  expect(await outbox.find(id(20), id(10))).toMatchObject({ text: 'Short' })
})

test('a full disk is said in our words', async () => {
  const { outbox } = setUp(async () => undefined)
  current = outbox
  const database = await cacheDatabase()
  const full = vi.spyOn(database, 'transaction').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(outbox.write(note('Lost?'))).rejects.toMatchObject({ code: 'cache_failed' })
  full.mockRestore()
})

test('a disk that could not be read for a moment is tried again, and the person sees that the note waits', async () => {
  const { outbox, sent, states } = setUp(async () => undefined)
  current = outbox
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await outbox.write(note('Kept'))
  const database = await cacheDatabase()
  const blocked = vi.spyOn(database, 'get').mockRejectedValue(new DOMException('blocked', 'UnknownError'))
  await vi.advanceTimersByTimeAsync(600)
  await vi.waitFor(() => expect(states.at(-1)).toBe('waiting'))
  blocked.mockRestore()
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(() => expect(sent).toMatchObject([{ text: 'Kept' }]))
})

test('in a shared browser a note waits for its author: nobody else sends it, sees it or deletes it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let reachable = false
  const { outbox, sent, counts } = setUp(async () => {
    if (!reachable) throw new RingsideError('companion_unreachable')
  })
  current = outbox
  const cache = createCache()
  await cache.belongTo(anna.id)
  await outbox.write(note('Anna heard this'))
  await outbox.resume()
  expect(counts.at(-1)).toBe(1)

  await cache.forget()
  user = null
  await outbox.resume()
  reachable = true
  user = piotr.id
  await cache.belongTo(piotr.id)
  // Her note's next try comes while he is here.
  await vi.advanceTimersByTimeAsync(30_000)
  await outbox.resume()
  expect(counts.at(-1)).toBe(0)
  expect(await outbox.find(id(20), id(10))).toBeUndefined()
  await outbox.write({ ...note('Piotr heard that'), noteId: id(61) })
  await outbox.resume()
  expect(sent.map(({ text }) => text)).toEqual(['Piotr heard that'])

  user = anna.id
  await cache.belongTo(anna.id)
  await outbox.resume()
  expect(sent.map(({ text }) => text)).toEqual(['Piotr heard that', 'Anna heard this'])
})

test('signed out, a note is kept and counted; typed before the companion said who is here, it is of the one whose cache this is', async () => {
  const { outbox, sent, states, counts } = setUp(async () => undefined)
  current = outbox
  await createCache().belongTo(anna.id)
  user = null
  await outbox.write(note('Typed offline, after a restart'))
  await vi.waitFor(() => expect(states.at(-1)).toBe('waiting'), 3000)
  expect(counts).toEqual([1])
  user = anna.id
  await outbox.resume()
  expect(sent.map(({ text, author }) => [text, author])).toEqual([['Typed offline, after a restart', anna.id]])
})
