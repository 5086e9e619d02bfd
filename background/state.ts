/**
 * All that the desk knows, as plain JSON: it is written to storage.session at each change, so that a stopped worker loses nothing.
 * Instants are milliseconds of this browser's clock (`Date.now()`), unless they came from the companion inside a Call.
 */
import type { Failure, Notice, Panel, Snapshot } from '../utils/messages.ts'
import type { BrowserFacts, Call, Contact, Me, Notification } from '../utils/protocol/index.ts'

export interface Session {
  /** Origin of the companion, such as `https://calls.example`. */
  address: string
  sessionId: string
  /** Whose it is; unknown of a session that an earlier version kept, until the companion says it. */
  userId: string | null
  /** Null after the browser restarted, until the session is resumed with its key (docs/decisions/0002). */
  token: string | null
}

export interface Offer {
  call: Call
  contact: Contact | null
  /** When the ring ends by itself, by this browser's clock. */
  until: number
  /** Answered here once, and nobody knows what became of it. */
  asked?: boolean
}

export interface HeldCall {
  call: Call
  contact: Contact | null
  phase: 'claiming' | 'connecting' | 'live' | 'elsewhere' | 'ending' | 'ended'
  muted: boolean
  /** Hang up was pressed here; without it a call that is ending was ended elsewhere. */
  hungUp: boolean
  liveSince: number | null
  failure: Failure | null
  /** When its ring ends, should it go back to ringing. */
  until: number
  /** When to ask the companion where the call stands, because something left a doubt. */
  checkAt: number | null
}

export interface LineState {
  /** As in the Snapshot. */
  phase: Snapshot['line']['state']
  failure: Failure | null
  retryAt: number | null
  /** Failed tries in a row. */
  tries: number
  /** Companion's clock minus ours, in milliseconds. */
  skew: number
}

export interface State {
  session: Session | null
  line: LineState
  me: Me | null
  microphone: BrowserFacts['microphone']
  /** What the voice page said last. */
  voice: {
    state: BrowserFacts['voice']
    failure: Failure | null
    /** The call that it carries, open or opening. */
    holds: string | null
    retryAt: number | null
    tries: number
  }
  offers: Offer[]
  call: HeldCall | null
  /** Calls that this user is through with, newest last: an offer of this epoch or an older one is silent. */
  settled: { callId: string; epoch: number; declined: boolean }[]
  /** Hang-ups that the companion has not heard yet, one a call; `retryAt` once saying it has failed. */
  hangUps: { callId: string; epoch: number; retryAt: number | null }[]
  notice: Notice | null
  panel: Panel | null
  notifications: Notification[]
  devices: Snapshot['devices']
  unsent: number
  /** A greeting or a test call that the admin listens to. */
  listening: Snapshot['listening']
}

/** A call that this browser carries or is about to: nothing else rings meanwhile, and the voice page stays. */
export const isBusy = (call: HeldCall | null): call is HeldCall =>
  call !== null && (call.phase === 'claiming' || call.phase === 'connecting' || call.phase === 'live' || call.phase === 'ending')

export const blank: State = {
  session: null,
  line: { phase: 'signed-out', failure: null, retryAt: null, tries: 0, skew: 0 },
  me: null,
  microphone: 'unknown',
  voice: { state: 'stopped', failure: null, holds: null, retryAt: null, tries: 0 },
  offers: [],
  call: null,
  settled: [],
  hangUps: [],
  notice: null,
  panel: null,
  notifications: [],
  devices: { microphoneId: null, speakerId: null, ringerId: null },
  unsent: 0,
  listening: null,
}
