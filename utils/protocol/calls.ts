/** Calls as people see them. */
import { z } from 'zod'
import { StatusReason } from './people.ts'
import { Contact, Id, Instant, PartyNumber, UserRef } from './primitives.ts'

/**
 *     ringing ─▶ claimed ─▶ live ─▶ ended
 *        │ ▲        │         └─(the agent's leg left without a hang-up)─▶ ringing
 *        │ └────────┘ no audio within the lease
 *        └─▶ voicemail ─▶ ended            a call to a disabled channel is `ended` at once
 */
export const CallState = z.enum(['ringing', 'claimed', 'live', 'voicemail', 'ended'])
export type CallState = z.infer<typeof CallState>

/** How a call ended, or why it went to voicemail. */
export const CallOutcome = z.enum([
  'answered', // an agent and the caller spoke
  'voicemail', // the caller left a message
  'missed', // the caller was asked for a message and left none
  'abandoned', // the caller hung up while it rang
  'closed', // the channel is disabled
])
export type CallOutcome = z.infer<typeof CallOutcome>

/** Why nobody took it; shown in a missed thread. */
export const MissedReason = z.enum([
  'after-hours',
  'nobody-reachable',
  'ring-time-over',
  'all-declined',
  'caller-left',
  'companion-down',
  'disabled',
])
export type MissedReason = z.infer<typeof MissedReason>

export const Call = z.object({
  id: Id,
  state: CallState,
  direction: z.enum(['inbound', 'outbound']),
  channel: z.object({ id: Id, name: z.string() }),
  from: PartyNumber,
  to: PartyNumber,
  /** Known from earlier threads with the same number; the browser may know better from the CRM. */
  contact: Contact.nullable(),
  /** Grows with each claim and each new ring; a join with an older one is turned away. */
  epoch: z.int(),
  claimedBy: UserRef.nullable(),
  /** When the ring ends by itself, also where the companion cannot be heard. */
  ringUntil: Instant.nullable(),
  arrivedAt: Instant,
  liveAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  outcome: CallOutcome.nullable(),
  missedReason: MissedReason.nullable(),
  threadId: Id.nullable(),
})
export type Call = z.infer<typeof Call>

/** Why a browser shall stop ringing. */
export const WithdrawReason = z.enum(['answered', 'declined', 'timed-out', 'caller-left', 'unreachable'])
export type WithdrawReason = z.infer<typeof WithdrawReason>

/** One user's line in the delivery ledger (RO5). */
export const LedgerVerdict = z.enum(['ringing', 'answered', 'declined', 'timed-out', 'lost', 'caller-left', 'audio-failed', 'skipped'])
export type LedgerVerdict = z.infer<typeof LedgerVerdict>

/** Why a user was not rung. */
export const SkipReason = z.union([
  z.enum(['away', 'offline', 'busy', 'wrapping-up', 'over-the-limit', 'after-hours', 'channel-disabled']),
  StatusReason,
])
export type SkipReason = z.infer<typeof SkipReason>

export const LedgerLine = z.object({
  user: UserRef,
  verdict: LedgerVerdict,
  /** Set where the verdict is `skipped`. */
  reason: SkipReason.nullable(),
  /** Who took it, where the verdict is `lost`. */
  lostTo: UserRef.nullable(),
  rangAt: Instant.nullable(),
  /** When a socket was told; null where none was connected at that moment. */
  toldAt: Instant.nullable(),
  settledAt: Instant.nullable(),
})
export type LedgerLine = z.infer<typeof LedgerLine>

/** The winner's. Their leg says `call`, `epoch` (of the claim: the offer's and one) and `browser` in `device.connect()`; it may leave before this is here. */
export const Claim = z.object({ call: Call, epoch: z.int(), leaseUntil: Instant })
export type Claim = z.infer<typeof Claim>
