/**
 * The store as everybody else sees it: reads, and writes that carry their events. Which database is behind it is decided in open.ts.
 *
 * A change and its event are one transaction, so what a person was shown was saved, and what was saved is shown. After commit the events go to
 * `onEvents` listeners of every companion on this database (LISTEN/NOTIFY), in order of sequence number.
 *
 * Two that wait for each other are broken off by PostgreSQL after a second, and tried again. So that it never comes to this, rows are locked in
 * one order: the company's settings, a user, a call, the feed (with the first number that is drawn or event that is emitted), a thread, an entry or
 * a notification; and by `for no key update`, which lets others refer to the row.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Event, EventType } from '../../utils/protocol/index.ts'
import type { Tables } from './tables.ts'

export type Reader = Kysely<Tables> | Transaction<Tables>

export interface Writer {
  readonly db: Transaction<Tables>
  /** The instant of this transaction: one clock reading for all of it. */
  readonly now: Date
  /** Appends an event for these users (null: everybody) and returns its sequence number. Visible only if the transaction commits. */
  emit(users: readonly string[] | null, event: Event): Promise<number>
  /** Draws the sequence number that this transaction's rows carry in `seq` (threads, entries). The same number all through one transaction's emits of that row is fine. */
  nextSeq(): Promise<number>
  /** Runs once the transaction has committed, in order; never when it rolled back. For effects outside: REST calls, timers. */
  afterCommit(effect: () => void | Promise<void>): void
}

export interface FeedEvent {
  seq: number
  /** Null: everybody. */
  users: readonly string[] | null
  event: Event
}

export interface Only {
  types: readonly EventType[]
  most: number
}

export interface Store {
  readonly kind: 'pglite' | 'postgresql'
  /** Reads outside a transaction. */
  readonly db: Kysely<Tables>
  /**
   * One transaction. Retried on serialisation failures and deadlocks, so `work` must be free of effects outside the database (use afterCommit).
   * A full disk or a lost database is RingsideError('store_failed').
   */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>
  /** Every committed event, of this and other companions, in order and without gaps from the moment of the call. Returns its end. */
  onEvents(listener: (events: readonly FeedEvent[], upTo: number) => void): () => void
  /** Events after `since` for this user, oldest first; undefined where they are no longer kept. `only` leaves out other types, and all after so many. */
  eventsSince(userId: string, since: number, only?: Only): Promise<{ events: FeedEvent[]; upTo: number } | undefined>
  /** Last committed sequence number. */
  upTo(): Promise<number>
  close(): Promise<void>
}

/** A clock that tests can move; `after` timers fire by it. Milliseconds. */
export interface Clock {
  now(): Date
  /** Calls back at that instant (at once if it is past). Returns its cancel. */
  at(instant: Date, callback: () => void): () => void
}
