/**
 * The desk's side of the cache: it alone writes. A full or blocked disk is RingsideError('cache_failed').
 * Every write of threads or entries carries the feed's sequence number in the same transaction, so a stop in between is read again, never lost.
 */
import { CACHE_CHANNEL, type CacheChange, cacheDatabase } from '../utils/cache-database.ts'
import { type Entry, type Event, RingsideError, type Thread, type ThreadDetail } from '../utils/protocol/index.ts'

export interface Cache {
  /** The feed's sequence number that the cache stands at; null before the first read. */
  upTo(): Promise<number | null>
  /** Takes events in, up to `upTo`; null where they did not come over the feed. */
  apply(events: readonly Event[], upTo: number | null): Promise<void>
  /** Puts threads in (a page of a fresh read). With `upTo` the read is complete. */
  putThreads(threads: readonly Thread[], upTo: number | null): Promise<void>
  putThread(detail: ThreadDetail): Promise<void>
  /** Makes the cache this user's: somebody else's is emptied first, but for notes that were not sent, which are theirs when they come back. */
  belongTo(userId: string): Promise<void>
  /** Forgets threads, so that they are read afresh. Notes that were not sent stay. */
  reset(): Promise<void>
  /** The person signed out: empties everything but notes that were not sent, which are theirs when they come back. */
  forget(): Promise<void>
}

export function createCache(): Cache {
  const channel = new BroadcastChannel(CACHE_CHANNEL)
  const tell = (threadIds: CacheChange['threadIds']) => channel.postMessage({ threadIds } satisfies CacheChange)

  async function write(threads: readonly Thread[], entries: readonly Entry[], upTo: number | null): Promise<void> {
    const database = await cacheDatabase()
    const transaction = database.transaction(['threads', 'entries', 'meta'], 'readwrite')
    const [threadStore, entryStore] = [transaction.objectStore('threads'), transaction.objectStore('entries')]
    for (const thread of threads) if (((await threadStore.get(thread.id))?.seq ?? -1) <= thread.seq) await threadStore.put(thread)
    for (const entry of entries) if (((await entryStore.get(entry.id))?.seq ?? -1) <= entry.seq) await entryStore.put(entry)
    if (upTo !== null) await transaction.objectStore('meta').put(upTo, 'upTo')
    await transaction.done
    const changed = new Set([...threads.map(({ id }) => id), ...entries.map(({ threadId }) => threadId)])
    if (changed.size > 0) tell([...changed])
  }

  return {
    upTo: () =>
      guarded(async () => {
        const upTo = await (await cacheDatabase()).get('meta', 'upTo')
        return typeof upTo === 'number' ? upTo : null
      }),
    apply: (events, upTo) =>
      guarded(() => {
        const threads = events.flatMap((event) => (event.type === 'thread-changed' ? [event.thread] : []))
        const entries = events.flatMap((event) => (event.type === 'entry-changed' ? [event.entry] : []))
        return write(threads, entries, upTo)
      }),
    putThreads: (threads, upTo) => guarded(() => write(threads, [], upTo)),
    putThread: ({ thread, entries }) => guarded(() => write([thread], entries, null)),
    belongTo: (userId) =>
      guarded(async () => {
        const database = await cacheDatabase()
        const owner = await database.get('meta', 'user')
        if (owner === userId) return
        if (owner !== undefined) {
          await empty(['threads', 'entries', 'contacts', 'meta'])
          await dropSentNotes()
        }
        await database.put('meta', userId, 'user')
        tell(null)
      }),
    reset: () =>
      guarded(async () => {
        await empty(['threads', 'entries'])
        await (await cacheDatabase()).delete('meta', 'upTo')
        tell(null)
      }),
    forget: () =>
      guarded(async () => {
        await empty(['threads', 'entries', 'contacts'])
        await (await cacheDatabase()).delete('meta', 'upTo')
        await dropSentNotes()
        tell(null)
      }),
  }
}

async function dropSentNotes(): Promise<void> {
  const transaction = (await cacheDatabase()).transaction('notes', 'readwrite')
  for (const note of await transaction.store.getAll()) if (note.revision <= note.sentRevision) await transaction.store.delete(note.noteId)
  await transaction.done
}

async function empty(names: ('threads' | 'entries' | 'contacts' | 'meta')[]): Promise<void> {
  const transaction = (await cacheDatabase()).transaction(names, 'readwrite')
  for (const name of names) await transaction.objectStore(name).clear()
  await transaction.done
}

/** Whatever IndexedDB throws (quota, a blocked upgrade, storage switched off) is one thing to a person: this browser could not save. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw cause instanceof RingsideError ? cause : new RingsideError('cache_failed', undefined, { cause })
  }
}
