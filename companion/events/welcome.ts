import type { EventType, ServerFrame } from '../../utils/protocol/index.ts'
import { viewCall } from '../calls/view.ts'
import { viewMe } from '../people/me.ts'
import type { Reader, Store } from '../store/store.ts'
import { unreadNotifications } from '../threads/notifications.ts'

type Frame<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>

/** More than this is read afresh sooner than caught up. */
const CATCH_UP = 2000

/** What a welcome does not say itself. The rest of the past would only make a browser ring for a call that is over. */
const caughtUp: readonly EventType[] = ['thread-changed', 'entry-changed', 'call-withdrawn']

/** Where things stand for this user, as of one instant, and what they missed since `since`. */
export async function makeWelcome(
  store: Store,
  userId: string,
  since: number | null,
  now: Date,
): Promise<{ welcome: Frame<'welcome'>; missed: Frame<'events'> | undefined }> {
  const welcome = await store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db): Promise<Frame<'welcome'>> => {
      const { seq } = await db.selectFrom('feed').select('seq').executeTakeFirstOrThrow()
      return {
        type: 'welcome',
        upTo: seq,
        reset: false,
        me: await viewMe(db, userId, now),
        offers: await readOffers(db, userId),
        call: await readHeld(db, userId),
        notifications: await unreadNotifications(db, userId),
        now: now.toISOString(),
      }
    })
  if (since === null) return { welcome, missed: undefined }
  const kept = await store.eventsSince(userId, since)
  const events = kept?.events.filter(({ seq, event }) => seq <= welcome.upTo && caughtUp.includes(event.type))
  if (!events || events.length > CATCH_UP) return { welcome: { ...welcome, reset: true }, missed: undefined }
  const missed: Frame<'events'> = {
    type: 'events',
    from: since,
    upTo: welcome.upTo,
    events: events.map(({ seq, event }) => ({ seq, event })),
  }
  return { welcome, missed }
}

/** Calls that ring for this user. */
async function readOffers(db: Reader, userId: string) {
  const calls = await db
    .selectFrom('calls')
    .innerJoin('ledger', 'ledger.call_id', 'calls.id')
    .selectAll('calls')
    .where('calls.state', '=', 'ringing')
    .where('ledger.user_id', '=', userId)
    .where('ledger.verdict', '=', 'ringing')
    .orderBy('calls.arrived_at')
    .execute()
  const offers = []
  for (const call of calls) offers.push(await viewCall(db, call))
  return offers
}

/** The call that this user holds. */
async function readHeld(db: Reader, userId: string) {
  const call = await db
    .selectFrom('calls')
    .selectAll()
    .where('claimed_by', '=', userId)
    .where('state', 'in', ['claimed', 'live'])
    .orderBy('arrived_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return call ? viewCall(db, call) : null
}
