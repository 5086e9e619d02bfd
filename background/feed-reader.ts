/** Reads one socket's frames: hands each to the desk at once, keeps the cache in step behind it, and notices gaps. */
import type { Client } from '../utils/companion-client.ts'
import type { ServerFrame } from '../utils/protocol/index.ts'
import type { Cache } from './cache.ts'
import type { Input } from './inputs.ts'

export interface FeedReader {
  read(frame: ServerFrame): void
}

export interface FeedReaderParts {
  /** Where the cache stands. Null: nothing was ever read. */
  since: number | null
  hello(since: number | null): void
  cache: Cache
  call: Client['call']
  dispatch(input: Input): void
  onFailure(error: unknown): void
}

/** Threads asked for at once in a fresh read. */
const PAGE = 200

export function createFeedReader({ since, hello, cache, call, dispatch, onFailure }: FeedReaderParts): FeedReader {
  let upTo = since
  /** Where a gap was seen before: a second one at the same place means that the companion does not fill it, and all is read afresh. */
  let gapAt: number | null = null
  let tail: Promise<void> = Promise.resolve()
  const behind = (work: () => Promise<void>) => {
    tail = tail.then(work).catch(onFailure)
  }

  function welcomed(frame: Extract<ServerFrame, { type: 'welcome' }>): void {
    behind(() => cache.belongTo(frame.me.user.id))
    if (upTo !== null && !frame.reset) return
    upTo = frame.upTo
    if (frame.reset) behind(() => cache.reset())
    behind(() => readAll())
  }

  /** Newest first, so that the list is useful after the first page. */
  async function readAll(): Promise<void> {
    let before: string | undefined
    let first: number | null = null
    for (;;) {
      const page = await call('listThreads', { path: {}, body: null, query: { limit: PAGE, before } })
      first ??= page.upTo
      const last = page.threads.at(-1)
      const done = !page.more || !last
      await cache.putThreads(page.threads, done ? first : null)
      if (done) return
      before = last.updatedAt
    }
  }

  function happened(frame: Extract<ServerFrame, { type: 'events' }>): void {
    if (upTo !== null && frame.from > upTo) {
      const again = gapAt === upTo
      gapAt = upTo
      if (again) upTo = null
      hello(upTo)
      return
    }
    const known = upTo ?? frame.from
    const events = frame.events.filter(({ seq }) => seq > known)
    upTo = Math.max(known, frame.upTo)
    const covered = upTo
    dispatch({ type: 'frame-received', frame: { ...frame, events } })
    behind(() =>
      cache.apply(
        events.map(({ event }) => event),
        covered,
      ),
    )
  }

  return {
    read(frame) {
      if (frame.type === 'events') return happened(frame)
      dispatch({ type: 'frame-received', frame })
      if (frame.type === 'welcome') welcomed(frame)
    },
  }
}
