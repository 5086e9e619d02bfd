import { sql } from 'kysely'
import type { Reader } from './store.ts'

/** How much of the feed is kept for clients that come back: whichever is less. */
export const KEPT_EVENTS = 100_000
export const KEPT_DAYS = 7

/** Forgets old events, and notes up to which number, so that a client which needs them is told to read afresh. */
export async function pruneEvents(db: Reader, now: Date, keptEvents = KEPT_EVENTS, keptDays = KEPT_DAYS): Promise<void> {
  const since = new Date(now.getTime() - keptDays * 24 * 3600 * 1000)
  await sql`
    with gone as (
      delete from events where seq <= (select seq from feed) - ${keptEvents}::bigint or at < ${since}::timestamptz returning seq
    ), last as (select max(seq) as seq from gone)
    insert into settings (key, value) select 'feed-pruned', jsonb_build_object('upTo', seq) from last where seq is not null
    on conflict (key) do update set value = excluded.value`.execute(db)
}
