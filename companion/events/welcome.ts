import type { EventType, ServerFrame } from '../../utils/protocol/index.ts'
import { findHeldCall, listOffers } from '../calls/view.ts'
import { viewMe } from '../people/me.ts'
import type { Store } from '../store/store.ts'
import { unreadNotifications } from '../threads/notifications.ts'
import { type Message, newest, type Page, toMessage } from './pages.ts'

type Frame<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>

/** More than this is read afresh sooner than caught up: events, and characters. What happens meanwhile, such as a ring, waits behind it. */
const CATCH_UP = { events: 2000, length: 1024 * 1024 }

/** What a welcome does not say itself. The rest of the past would only make a browser ring for a call that is over. */
const caughtUp: readonly EventType[] = ['thread-changed', 'entry-changed', 'call-withdrawn']

/** Where things stand for this user, as of one instant, and what they missed since `since`. */
export async function makeWelcome(
  store: Store,
  userId: string,
  since: number | null,
  now: Date,
): Promise<{ welcome: Frame<'welcome'>; missed: Page | undefined }> {
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
        offers: await listOffers(db, userId),
        call: await findHeldCall(db, userId),
        notifications: await unreadNotifications(db, userId),
        now: now.toISOString(),
      }
    })
  if (since === null) return { welcome, missed: undefined }
  const kept = await store.eventsSince(userId, since, { types: caughtUp, most: CATCH_UP.events + 1 })
  const messages = kept && newest(kept.events.filter(({ seq }) => seq <= welcome.upTo)).map(toMessage)
  const tooMuch = !messages || kept.events.length > CATCH_UP.events || lengthOf(messages) > CATCH_UP.length
  if (tooMuch) return { welcome: { ...welcome, reset: true }, missed: undefined }
  return { welcome, missed: { from: since, upTo: welcome.upTo, messages } }
}

const lengthOf = (messages: readonly Message[]) => messages.reduce((sum, { json }) => sum + json.length, 0)
