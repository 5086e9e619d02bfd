/** The thread list as the cache has it, again after each change. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Filter } from '../../components/desk/filters.ts'
import { newestThreads, onCacheChanged } from '../../utils/cache.ts'
import type { Thread } from '../../utils/protocol/threads.ts'
import { createThreadIndex } from '../../utils/thread-index.ts'

/** Threads that fill any screen. */
const SCREENFUL = 60

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
  const index = createThreadIndex()
  let userId: string | null = null
  let run = 0

  /** A later call makes an earlier one that still reads give up. */
  async function read(): Promise<void> {
    const mine = ++run
    try {
      const plain = filter.value === 'all' && text.value === ''
      if (plain && !index.ready()) {
        // A screenful, so that something is there at once; then all.
        const first = await newestThreads(SCREENFUL)
        if (mine === run && threads.value === null && first.length > 0) threads.value = first
      }
      const found = await index.list({ filter: filter.value, text: text.value, userId })
      if (mine !== run) return
      threads.value = found
      failed.value = false
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
