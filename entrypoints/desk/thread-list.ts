/** The thread list as the cache has it, again after each change. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Filter } from '../../components/desk/filters.ts'
import { listThreads, onCacheChanged } from '../../utils/cache.ts'
import type { Thread } from '../../utils/protocol/threads.ts'

/** First a screenful, so that something is there at once; then all. */
const limits = [60, 50_000]

export interface ListOfThreads {
  /** Null until the first answer. */
  threads: ReadonlySignal<Thread[] | null>
  filter: ReadonlySignal<Filter>
  text: ReadonlySignal<string>
  failed: ReadonlySignal<boolean>
  choose: (filter: Filter) => void
  search: (text: string) => void
  /** Whose `mine` are. */
  setUser: (userId: string | null) => void
}

export function createThreadList(): ListOfThreads {
  const threads = signal<Thread[] | null>(null)
  const filter = signal<Filter>('all')
  const text = signal('')
  const failed = signal(false)
  let userId: string | null = null
  let run = 0

  /** A later call makes an earlier one that still reads give up. */
  async function read(): Promise<void> {
    const mine = ++run
    try {
      for (const limit of limits) {
        const found = await listThreads({ filter: filter.value, text: text.value, userId, limit })
        if (mine !== run) return
        // A list that was whole before is not cut to a screenful while it is read again.
        if (found.length >= limit && limit !== limits.at(-1) && (threads.value?.length ?? 0) > limit) continue
        threads.value = found
        failed.value = false
        if (found.length < limit) return
      }
    } catch {
      failed.value = mine === run
    }
  }

  let waiting: ReturnType<typeof setTimeout> | undefined
  function readSoon(): void {
    clearTimeout(waiting)
    // Catching up after a night brings hundreds of changes.
    waiting = setTimeout(() => void read(), 50)
  }

  function change<T>(state: { value: T }, value: T): void {
    state.value = value
    threads.value = null
    void read()
  }

  onCacheChanged(readSoon)
  void read()
  return {
    threads,
    filter,
    text,
    failed,
    choose: (name) => change(filter, name),
    search(words) {
      text.value = words
      readSoon()
    },
    setUser(id) {
      if (id === userId) return
      userId = id
      readSoon()
    },
  }
}
