/** Threads: what is left of a conversation, in order of time (TH1). */
import { z } from 'zod'
import { CallOutcome, LedgerLine, MissedReason } from './calls.ts'
import { Contact, Id, Instant, PartyNumber, UserRef } from './primitives.ts'

export const Thread = z.object({
  id: Id,
  channel: z.object({ id: Id, name: z.string() }),
  /** The other party's number. */
  number: PartyNumber,
  contact: Contact.nullable(),
  owner: UserRef.nullable(),
  /** A call was missed and nobody took it up yet (MI1). */
  missed: z.boolean(),
  open: z.boolean(),
  /** First words of the newest note or what happened last, for lists. At most 140 characters. */
  preview: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  /** Feed sequence number of the last change: a cached thread with a smaller one is old. */
  seq: z.int(),
})
export type Thread = z.infer<typeof Thread>

/** Length limit of one note, in characters. */
export const NOTE_LIMIT = 20_000

const entry = { id: Id, threadId: Id, at: Instant, author: UserRef.nullable(), seq: z.int() }

export const Entry = z.discriminatedUnion('type', [
  z.object({
    ...entry,
    type: z.literal('call'),
    callId: Id,
    direction: z.enum(['inbound', 'outbound']),
    from: PartyNumber,
    to: PartyNumber,
    /** Null while it goes on. */
    outcome: CallOutcome.nullable(),
    missedReason: MissedReason.nullable(),
    /** Talk time in whole seconds; null before the call went live. */
    seconds: z.int().nullable(),
    ledger: z.array(LedgerLine),
  }),
  z.object({
    ...entry,
    type: z.literal('note'),
    callId: Id.nullable(),
    text: z.string().max(NOTE_LIMIT),
    revision: z.int().min(1),
    editedAt: Instant,
  }),
  z.object({ ...entry, type: z.literal('voicemail'), callId: Id, recordingId: Id, seconds: z.int() }),
  z.object({
    ...entry,
    type: z.literal('system'),
    event: z.enum(['owner-changed', 'rang-again', 'found-afterwards']),
    details: z.record(z.string(), z.string()),
  }),
])
export type Entry = z.infer<typeof Entry>
export type CallEntry = Extract<Entry, { type: 'call' }>
export type NoteEntry = Extract<Entry, { type: 'note' }>
export type VoicemailEntry = Extract<Entry, { type: 'voicemail' }>

export const ThreadDetail = z.object({ thread: Thread, entries: z.array(Entry) })
export type ThreadDetail = z.infer<typeof ThreadDetail>

/** Tells one user of a missed call (MI1); cleared when they read it or when somebody becomes the owner (MI2). */
export const Notification = z.object({
  id: Id,
  kind: z.enum(['missed-call', 'voicemail']),
  thread: Thread,
  at: Instant,
})
export type Notification = z.infer<typeof Notification>
