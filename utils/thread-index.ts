/**
 * All cached threads in memory, newest change first, for the list that is on screen: walking 50 000 rows of IndexedDB takes a second and more,
 * a look through memory some hundredths. It follows the cache by itself.
 */
import { onCacheChanged } from './cache.ts'
import { cacheDatabase } from './cache-database.ts'
import type { Thread } from './protocol/index.ts'

/** `mine` wants the user's id. */
export interface ThreadQuery {
  filter: 'all' | 'mine' | 'unassigned' | 'missed' | 'open' | 'closed'
  /** Searched in number, contact, company, channel and preview. */
  text?: string
  userId?: string | null
}

export interface ThreadIndex {
  /** Waits until all changes so far are taken in. Rejects where the cache cannot be read, and tries again the next time. */
  list(query: ThreadQuery): Promise<Thread[]>
  /** Whether it was read once. */
  ready(): boolean
  close(): void
}

interface Row {
  thread: Thread
  /** What is searched, in lower case. */
  text: string
}

/** Rows read at once: 20 ms or so, in which the page cannot answer a key. */
const PIECE = 2_000

export function createThreadIndex(): ThreadIndex {
  let rows: Row[] = []
  let whole = false
  let tail = readAll()

  async function readAll(): Promise<void> {
    const database = await cacheDatabase()
    const all: Row[] = []
    for (let range: IDBKeyRange | undefined; ; ) {
      const piece = await database.getAll('threads', range, PIECE)
      for (const thread of piece) all.push(rowOf(thread))
      const last = piece.at(-1)
      if (!last || piece.length < PIECE) break
      range = IDBKeyRange.lowerBound(last.id, true)
    }
    rows = all.sort(newestFirst)
    whole = true
  }

  async function readAgain(ids: string[]): Promise<void> {
    const { store } = (await cacheDatabase()).transaction('threads')
    const found = await Promise.all(ids.map((id) => store.get(id)))
    const changed = new Set(ids)
    const others = rows.filter(({ thread }) => !changed.has(thread.id))
    rows = [...others, ...found.flatMap((thread) => (thread ? [rowOf(thread)] : []))].sort(newestFirst)
  }

  const behind = (work: () => Promise<void>) => {
    tail = tail.then(work)
    // Told to whoever asks for a list.
    tail.catch(() => undefined)
  }
  tail.catch(() => undefined)
  const close = onCacheChanged(({ threadIds }) => behind(() => (threadIds === null ? readAll() : readAgain(threadIds))))

  return {
    close,
    ready: () => whole,
    async list({ filter, text = '', userId = null }) {
      const asked = tail
      await asked.catch((error: unknown) => {
        if (tail === asked) tail = Promise.resolve().then(readAll)
        tail.catch(() => undefined)
        throw error
      })
      const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
      const digits = digitsOf(words)
      const passed = passes[filter]
      return rows.flatMap(({ thread, text }) =>
        passed(thread, userId) && (words.every((word) => text.includes(word)) || (digits && thread.number.includes(digits)))
          ? [thread]
          : [],
      )
    },
  }
}

const newestFirst = (a: Row, b: Row) => (a.thread.updatedAt < b.thread.updatedAt ? 1 : a.thread.updatedAt > b.thread.updatedAt ? -1 : 0)

function rowOf(thread: Thread): Row {
  const { number, contact, channel, preview, owner } = thread
  return { thread, text: [number, contact?.name, contact?.company, channel.name, preview, owner?.name].join('\n').toLocaleLowerCase() }
}

const passes: Record<ThreadQuery['filter'], (thread: Thread, userId: string | null) => boolean> = {
  all: () => true,
  mine: ({ owner }, userId) => owner !== null && owner.id === userId,
  unassigned: ({ owner }) => owner === null,
  missed: ({ missed }) => missed,
  open: ({ open }) => open,
  closed: ({ open }) => !open,
}

/** What was typed, where it is a number written with spaces or dashes. */
function digitsOf(words: string[]): string | null {
  const digits = words.join('').replace(/[\s().-]/g, '')
  return /^\+?\d{3,}$/.test(digits) ? digits : null
}
