/** People and whether they can be reached. */
import { z } from 'zod'
import { Id, Instant, Language, UserRef } from './primitives.ts'

export const Role = z.enum(['admin', 'agent'])
export type Role = z.infer<typeof Role>

export const User = UserRef.extend({ role: Role, seat: z.boolean(), language: Language })
export type User = z.infer<typeof User>

/**
 * Derived from facts, never stored (AV3). Only a `ready` user is rung.
 *
 *     not wanted ─▶ away          wanted, no live browser ─▶ offline
 *     wanted, a browser, something missing ─▶ blocked (see StatusReason)
 *     in a call ─▶ busy           after a call ─▶ wrapping-up          else ─▶ ready
 */
export const Status = z.enum(['offline', 'away', 'ready', 'busy', 'wrapping-up', 'blocked'])
export type Status = z.infer<typeof Status>

/** Why somebody is `blocked` (or skipped in a ledger). */
export const StatusReason = z.enum([
  'no-seat',
  'disabled',
  'microphone-refused',
  'microphone-missing',
  'microphone-unknown',
  'voice-not-running',
  'audio-failed',
])
export type StatusReason = z.infer<typeof StatusReason>

/** What one browser knows of itself; the companion derives the user's status from it. */
export const BrowserFacts = z.object({
  microphone: z.enum(['unknown', 'granted', 'refused', 'missing']),
  /** `ready`: the voice page runs and its Device is registered. */
  voice: z.enum(['stopped', 'starting', 'ready', 'failed']),
})
export type BrowserFacts = z.infer<typeof BrowserFacts>

/** The signed-in user as every surface shows them. */
export const Me = z.object({
  user: User,
  /** What the agent wants: the toggle (AV1). */
  wanted: z.boolean(),
  status: Status,
  reason: StatusReason.nullable(),
  channels: z.array(z.object({ id: Id, name: z.string(), number: z.string() })),
  /** Admins' names, for "who can grant it" (PE2). */
  admins: z.array(UserRef),
  at: Instant,
})
export type Me = z.infer<typeof Me>
