/**
 * Reading the cache where it lies: for the popup and the desk page. The pilot must not use it (its frame may have an empty IndexedDB of its own);
 * it asks the desk. Nothing here writes.
 */
import { CACHE_CHANNEL, type CacheChange, cacheDatabase } from './cache-database.ts'
import type { Thread, ThreadDetail } from './protocol/index.ts'

/** `mine` wants the user's id. */
export interface ThreadQuery {
  filter: 'all' | 'mine' | 'unassigned' | 'missed' | 'open' | 'closed'
  /** Searched in number, contact, company, channel and preview. */
  text?: string
  userId?: string | null
  limit: number
}

/** Threads, newest change first. */
export async function listThreads({ filter, text = '', userId = null, limit }: ThreadQuery): Promise<Thread[]> {
  const database = await cacheDatabase()
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const found: Thread[] = []
  let cursor = await database.transaction('threads').store.index('updatedAt').openCursor(null, 'prev')
  while (cursor && found.length < limit) {
    if (passes[filter](cursor.value, userId) && matches(cursor.value, words)) found.push(cursor.value)
    cursor = await cursor.continue()
  }
  return found
}

const passes: Record<ThreadQuery['filter'], (thread: Thread, userId: string | null) => boolean> = {
  all: () => true,
  mine: ({ owner }, userId) => owner !== null && owner.id === userId,
  unassigned: ({ owner }) => owner === null,
  missed: ({ missed }) => missed,
  open: ({ open }) => open,
  closed: ({ open }) => !open,
}

/** All words, anywhere. Digits also match inside a number written with spaces or dashes. */
function matches({ number, contact, channel, preview, owner }: Thread, words: string[]): boolean {
  if (words.length === 0) return true
  const text = [number, contact?.name, contact?.company, channel.name, preview, owner?.name].join('\n').toLocaleLowerCase()
  return words.every((word) => text.includes(word)) || matchesNumber(number, words.join(''))
}

function matchesNumber(number: string, word: string): boolean {
  const digits = word.replace(/[\s().-]/g, '')
  return /^\+?\d{3,}$/.test(digits) && number.includes(digits)
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
