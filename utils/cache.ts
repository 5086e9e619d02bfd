/**
 * Reading the cache where it lies: for the popup and the desk page. The pilot must not use it (its frame may have an empty IndexedDB of its own);
 * it asks the desk. Nothing here writes.
 */
import { CACHE_CHANNEL, type CacheChange, cacheDatabase } from './cache-database.ts'
import type { Thread, ThreadDetail } from './protocol/index.ts'

/** Threads, newest change first: a screenful at once. For more, and for filters and search, utils/thread-index.ts. */
export async function newestThreads(limit: number): Promise<Thread[]> {
  const database = await cacheDatabase()
  const found: Thread[] = []
  let cursor = await database.transaction('threads').store.index('updatedAt').openCursor(null, 'prev')
  while (cursor && found.length < limit) {
    found.push(cursor.value)
    cursor = await cursor.continue()
  }
  return found
}

/** One thread with all that the cache holds of it, in order of time; undefined where it is not cached. */
export async function readThread(id: string): Promise<ThreadDetail | undefined> {
  const database = await cacheDatabase()
  const transaction = database.transaction(['threads', 'entries'])
  const [thread, entries] = await Promise.all([
    transaction.objectStore('threads').get(id),
    transaction.objectStore('entries').index('threadId').getAll(id),
  ])
  if (!thread) return undefined
  return { thread, entries: entries.sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq) }
}

/** Calls back after each change of the cache, made in any context. Returns its end. */
export function onCacheChanged(listener: (change: CacheChange) => void): () => void {
  const channel = new BroadcastChannel(CACHE_CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<CacheChange>) => listener(data)
  return () => channel.close()
}
