/** One party of a conference. */
import type { Leg } from '../calls/leg.ts'
import { mixAll } from '../media/mixer.ts'
import type { Frame } from '../media/port.ts'
import { type Mouth, SILENCE } from '../sound/source.ts'

/** Why it left, as `ReasonParticipantLeft` tells. */
export type LeaveReason =
  | 'participant_hung_up'
  | 'participant_updated_via_api'
  | 'participant_kicked_via_api'
  | 'participant_pressed_star'
  | 'conference_ended'

export interface MemberOptions {
  label?: string
  muted: boolean
  beep: string
  startOnEnter: boolean
  endOnExit: boolean
  /** Undefined is the built-in music, empty is silence. */
  waitUrl?: string
  waitMethod: 'GET' | 'POST'
}

export interface Member extends MemberOptions {
  readonly leg: Leg
  hold: boolean
  /** What it hears in place of the others, while it waits or is on hold. */
  readonly aside: Mouth
  /** Spoken over whatever it hears, to it alone. */
  readonly announcement: Mouth
  /** Ends what is played aside. */
  asideProgram?: AbortController
  /** The others' voices of this tick. */
  mix: Frame
  waiting: boolean
  readonly joinedAt: number
  updatedAt: number
  /** Resolves when it has left. */
  /** What it does with a key that the far end presses: the others get it. */
  onDigit?: (digit: string) => void
  readonly left: Promise<LeaveReason>
  readonly resolveLeft: (reason: LeaveReason) => void
}

export function createMember(leg: Leg, options: MemberOptions, now: number): Member {
  const { promise, resolve } = Promise.withResolvers<LeaveReason>()
  const member: Member = {
    ...options,
    leg,
    hold: false,
    aside: { source: undefined },
    announcement: { source: undefined },
    mix: SILENCE,
    waiting: true,
    joinedAt: now,
    updatedAt: now,
    left: promise,
    resolveLeft: resolve,
  }
  leg.mouth.source = { next: () => hearAsMember(member) }
  return member
}

function hearAsMember(member: Member): Frame {
  const spoken = member.announcement.source?.next() ?? null
  const base = isHearing(member) ? member.mix : (member.aside.source?.next() ?? SILENCE)
  return spoken ? mixAll([base, spoken]) : base
}

/** Whether it hears the others. */
export const isHearing = (member: Member): boolean => !member.hold && !member.waiting

/** Whether the others hear it. */
export const isHeard = (member: Member): boolean => !member.muted && isHearing(member)
