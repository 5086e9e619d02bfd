import { sql } from 'kysely'
import { withoutData } from '../http/errors.ts'
import type { Log } from '../log.ts'
import type { FeedEvent, Only, Reader } from './store.ts'

type Listener = (events: readonly FeedEvent[], upTo: number) => void

/** How long to wait before reading again after the database could not be read. Milliseconds. */
const AGAIN_MS = 500

/** All that was committed after number `from` up to number `upTo`. */
export interface Stretch {
  from: number
  upTo: number
  events: readonly FeedEvent[]
}

export interface FeedReader {
  /** There may be new events. */
  wake(): void
  /** Hands on what this process has just committed: without asking the database where nothing is missing before it. */
  append(stretch: Stretch): void
  onEvents(listener: Listener): () => void
  close(): Promise<void>
}

/**
 * Reads what was committed since the last read and hands it on. Drawing a number locks the `feed` row until commit, so whatever is visible up to
 * its number is everything: no gaps, and in order of commit.
 */
export function createFeedReader(db: Reader, position: number, log: Log): FeedReader {
  const listeners = new Set<Listener>()
  let wanted = false
  let closed = false
  let reading: Promise<void> | undefined
  let again: NodeJS.Timeout | undefined

  const run = async () => {
    while (wanted && !closed) {
      wanted = false
      try {
        const { events, upTo } = await readStretch(db, position)
        handOn(events, upTo)
      } catch (error) {
        if (closed) return
        log.warn(withoutData(error), 'cannot read the feed')
        again = setTimeout(wake, AGAIN_MS)
      }
    }
  }
  const handOn: Listener = (events, upTo) => {
    // While one was reading, another may have been appended.
    const news = events.filter(({ seq }) => seq > position)
    if (upTo <= position) return
    position = upTo
    for (const listener of listeners) tell(listener, news, upTo)
  }
  const tell: (listener: Listener, ...args: Parameters<Listener>) => void = (listener, events, upTo) => {
    try {
      listener(events, upTo)
    } catch (error) {
      log.error(withoutData(error), 'a listener of the feed failed')
    }
  }
  const wake = () => {
    wanted = true
    reading ??= run().finally(() => {
      reading = undefined
      if (wanted && !closed) wake()
    })
  }
  return {
    wake,
    append({ from, upTo, events }) {
      if (from === position && !closed) handOn(events, upTo)
      else wake()
    },
    onEvents(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(again)
      await reading
    },
  }
}

/** Events after `since` in order, and the number up to which that is all there is: one statement, so one snapshot. */
async function readStretch(db: Reader, since: number): Promise<{ events: FeedEvent[]; upTo: number }> {
  const { rows } = await sql<{ up_to: number; seq: number | null; users: string[] | null; event: FeedEvent['event'] }>`
    select feed.seq as up_to, events.seq, events.users, events.event
    from feed left join events on events.seq > ${since} and events.seq <= feed.seq
    order by events.seq`.execute(db)
  const events = rows.flatMap(({ seq, users, event }) => (seq === null ? [] : [{ seq, users, event }]))
  return { events, upTo: rows[0]?.up_to ?? since }
}

/** As Store.eventsSince says. */
export async function readEventsSince(
  db: Reader,
  userId: string,
  since: number,
  only?: Only,
): Promise<{ events: FeedEvent[]; upTo: number } | undefined> {
  const types = only ? sql`and events.event->>'type' = any(${only.types}::text[])` : sql``
  const { rows } = await sql<{
    up_to: number
    pruned: number
    seq: number | null
    users: string[] | null
    event: FeedEvent['event']
  }>`
    select feed.seq as up_to, coalesce((select (value->>'upTo')::bigint from settings where key = 'feed-pruned'), 0) as pruned,
      events.seq, events.users, events.event
    from feed left join events on events.seq > ${since} and events.seq <= feed.seq
      and (events.users is null or ${userId}::uuid = any(events.users)) ${types}
    order by events.seq ${only ? sql`limit ${only.most}` : sql``}`.execute(db)
  const upTo = rows[0]?.up_to ?? 0
  // A client that knows more than we do talks to a database that was put back.
  if (since < (rows[0]?.pruned ?? 0) || since > upTo) return undefined
  return { events: rows.flatMap(({ seq, users, event }) => (seq === null ? [] : [{ seq, users, event }])), upTo }
}
