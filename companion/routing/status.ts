import type { BrowserFacts, Status, StatusReason } from '../../utils/protocol/index.ts'

/** What is known of one user at one instant. */
export interface StatusFacts {
  /** The toggle: what the user wants (AV1). */
  wanted: boolean
  /** Switched off by an admin. */
  disabled: boolean
  seat: boolean
  /** A lease ran out without audio, and no voice page of theirs has become ready afresh since. */
  audioFailed: boolean
  browsers: readonly (BrowserFacts & { connected: boolean })[]
  /** A call is claimed by this user and not over. */
  holdsCall: boolean
  wrapUpUntil: Date | null
  now: Date
}

export interface DerivedStatus {
  status: Status
  /** Set where the status is `blocked`. */
  reason: StatusReason | null
}

/**
 * Status from facts (AV3), the first line that fits:
 *
 *     switched off ─▶ blocked     holds a call ─▶ busy      no seat ─▶ blocked (also while away: only an admin can help)
 *     not wanted ─▶ away          no live browser ─▶ offline
 *     no audio last time, or no live browser that could take a call ─▶ blocked
 *     after a call ─▶ wrapping-up                            else ─▶ ready
 */
export function deriveStatus(facts: StatusFacts): DerivedStatus {
  if (facts.disabled) return blocked('disabled')
  if (facts.holdsCall) return { status: 'busy', reason: null }
  if (!facts.seat) return blocked('no-seat')
  if (!facts.wanted) return { status: 'away', reason: null }
  const live = facts.browsers.filter((browser) => browser.connected)
  if (live.length === 0) return { status: 'offline', reason: null }
  if (facts.audioFailed) return blocked('audio-failed')
  const missing = live.map(missingIn)
  if (!missing.includes(null)) return blocked(nearest.find((reason) => missing.includes(reason)) ?? 'voice-not-running')
  if (facts.wrapUpUntil && facts.wrapUpUntil > facts.now) return { status: 'wrapping-up', reason: null }
  return { status: 'ready', reason: null }
}

/** Where several browsers lack something, the one that is nearest to working is named: it is the easiest to mend. */
const nearest: readonly StatusReason[] = ['voice-not-running', 'microphone-unknown', 'microphone-refused', 'microphone-missing']

function missingIn({ microphone, voice }: BrowserFacts): StatusReason | null {
  if (microphone !== 'granted') return `microphone-${microphone}`
  return voice === 'ready' ? null : 'voice-not-running'
}

const blocked = (reason: StatusReason): DerivedStatus => ({ status: 'blocked', reason })
