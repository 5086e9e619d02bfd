/**
 * The change feed: a WebSocket at /api/feed?ticket=…, resumed by sequence number.
 *
 * Sequence numbers are one gapless line for the whole companion. A client sees only the events for its audience, so each `events` frame says
 * which stretch of the line it covers: (`from`, `upTo`]. A frame whose `from` is not the last `upTo` means that something was missed: the client
 * says hello again with its last `upTo`. A companion that cannot serve from there answers `reset`, and the client reads afresh.
 */
import { z } from 'zod'
import { Call, WithdrawReason } from './calls.ts'
import { ErrorReply } from './errors.ts'
import { BrowserFacts, Me } from './people.ts'
import { Id, Instant, UserRef } from './primitives.ts'
import { Entry, Notification, Thread } from './threads.ts'

export const Event = z.discriminatedUnion('type', [
  /** Ring. To each user of the ring set. */
  z.object({ type: z.literal('call-offered'), call: Call }),
  /** Fall silent. To each user that was rung; `by` where somebody answered. */
  z.object({ type: z.literal('call-withdrawn'), callId: Id, epoch: z.int(), reason: WithdrawReason, by: UserRef.nullable() }),
  /** To the user who holds the call. */
  z.object({ type: z.literal('call-changed'), call: Call }),
  /** To all users of the channel. */
  z.object({ type: z.literal('thread-changed'), thread: Thread }),
  z.object({ type: z.literal('entry-changed'), entry: Entry }),
  /** To the user. */
  z.object({ type: z.literal('me-changed'), me: Me }),
  z.object({ type: z.literal('notification-added'), notification: Notification }),
  z.object({ type: z.literal('notification-cleared'), notificationId: Id }),
])
export type Event = z.infer<typeof Event>
export type EventType = Event['type']

/** Seconds between pings from the client. Chrome stops an idle service worker after 30 s; socket traffic resets that (Chrome ≥ 116). */
export const PING_SECONDS = 20

/** What a client says. `browserId` is made once per browser profile. `since` is null for a first connection. */
export const ClientFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.int(),
    version: z.string().max(40),
    browserId: Id,
    since: z.int().min(0).nullable(),
    facts: BrowserFacts,
  }),
  z.object({ type: z.literal('facts'), facts: BrowserFacts }),
  z.object({ type: z.literal('ping') }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

export const ServerFrame = z.discriminatedUnion('type', [
  /** Where things stand at `upTo`: whatever rings for this user, the call they hold, unread notifications. */
  z.object({
    type: z.literal('welcome'),
    upTo: z.int(),
    /** The client's `since` cannot be served: forget the cached threads and read them again. */
    reset: z.boolean(),
    me: Me,
    offers: z.array(Call),
    call: Call.nullable(),
    notifications: z.array(Notification),
    now: Instant,
  }),
  z.object({ type: z.literal('events'), from: z.int(), upTo: z.int(), events: z.array(z.object({ seq: z.int(), event: Event })) }),
  z.object({ type: z.literal('pong'), upTo: z.int(), now: Instant }),
  z.object({ type: z.literal('refused'), error: ErrorReply.shape.error }),
])
export type ServerFrame = z.infer<typeof ServerFrame>
