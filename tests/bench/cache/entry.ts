/** The browser's side of the cache bench: fills the cache, and asks it as the desk page does. */
import { newestThreads } from '../../../utils/cache.ts'
import { cacheDatabase } from '../../../utils/cache-database.ts'
import type { Thread } from '../../../utils/protocol/threads.ts'
import { createThreadIndex } from '../../../utils/thread-index.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String((n * 7919) % 1_000_003).padStart(12, '0')}`
const names = ['Anna Kowalska', 'Daniel Okafor', 'Katarzyna Wiśniewska', 'Maya Feldman', 'Piotr Zieliński', 'Grace Nakamura']

const thread = (n: number): Thread => ({
  id: id(n),
  channel: { id: id(1), name: 'Support' },
  number: `+4860${String(1_000_000 + n)}`,
  contact: n % 3 ? { name: `${names[n % names.length]} ${n}`, company: `Company ${n % 500}`, number: `+4860${1_000_000 + n}` } : null,
  owner: n % 2 ? { id: id(2), name: 'Alicja Nowak' } : null,
  missed: n % 10 === 0,
  open: n % 4 !== 0,
  preview: n === 25_000 ? 'Asks for the needle in the haystack' : 'Wants to know when the next delivery comes, and asks to be called back.',
  createdAt: new Date(1_700_000_000_000 + n * 60_000).toISOString(),
  updatedAt: new Date(1_700_000_000_000 + n * 60_000).toISOString(),
  seq: n,
})

const bench = {
  async fill(count: number) {
    const database = await cacheDatabase()
    for (let from = 0; from < count; from += 5000) {
      const transaction = database.transaction('threads', 'readwrite')
      for (let n = from; n < Math.min(count, from + 5000); n++) void transaction.store.put(thread(n))
      await transaction.done
    }
  },
  /** Milliseconds. */
  async measure(terms: string[]) {
    const began = performance.now()
    const first = await newestThreads(60)
    const first_ms = performance.now() - began
    const index = createThreadIndex()
    await index.list({ filter: 'all' })
    const all_ms = performance.now() - began - first_ms
    const searches: number[] = []
    for (let round = 0; round < 10; round++)
      for (const text of terms) {
        const asked = performance.now()
        await index.list({ filter: 'all', text })
        searches.push(performance.now() - asked)
      }
    return { shown: first.length, first_ms, all_ms, searches }
  },
}
export type CacheBenchPage = typeof bench
Object.assign(globalThis, { bench })
