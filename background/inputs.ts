/** What happens to the desk (Input), and what it then does besides saving and showing its state (Effect). Plain data, so both can be tables in a test. */
import type { Command, Failure, FromVoice, Panel, Snapshot } from '../utils/messages.ts'
import type { Call, Claim, Contact, Me, ServerFrame, ThreadDetail } from '../utils/protocol/index.ts'
import type { Session, State } from './state.ts'

/** Commands that only change the state; all others ask somebody first and come back as another input (commands.ts). */
export type Decision = Extract<
  Command,
  {
    type:
      | 'retry'
      | 'answer'
      | 'decline'
      | 'hang-up'
      | 'mute'
      | 'dismiss'
      | 'close-panel'
      | 'microphone-checked'
      | 'choose-devices'
      | 'listen'
      | 'stop-listening'
  }
>

/** Requests that a step asks for by an effect; each comes back as `accepted`, `call-read`, `hang-up-heard` … or as having failed. */
export type RequestName = 'accept' | 'decline' | 'read-call'

export type Input =
  /** The background starts: first, after a stop, or with the browser. `state` is what storage.session kept. */
  | { type: 'woken'; state: State | null; session: Session | null; devices: Snapshot['devices'] | null }
  | { type: 'signed-in'; session: Session }
  | { type: 'signed-out'; failure: Failure | null }
  /** A fresh token for this session. */
  | { type: 'resumed'; sessionId: string; token: string }
  | { type: 'tick' }
  /** The network is back, or somebody looks: do not wait for the next try. */
  | { type: 'line-wanted' }
  | { type: 'decided'; decision: Decision }
  | { type: 'frame-received'; frame: ServerFrame }
  /** `jitter` is random, 0 to 1. A fatal failure needs a person: it is not tried again by itself. */
  | { type: 'line-lost'; failure: Failure; fatal: boolean; jitter: number }
  | { type: 'voice-said'; said: FromVoice }
  /** The voice page closed or died. */
  | { type: 'voice-gone'; failure: Failure | null }
  | { type: 'accepted'; callId: string; claim: Claim }
  | { type: 'call-read'; call: Call }
  /** `epoch`: the one that was hung up. */
  | { type: 'hang-up-heard'; callId: string; epoch: number; call: Call }
  | { type: 'declined'; callId: string }
  | { type: 'request-failed'; request: RequestName; callId: string; failure: Failure }
  | { type: 'hang-up-failed'; callId: string; epoch: number; failure: Failure }
  | { type: 'contact-matched'; number: string; contact: Contact }
  | { type: 'me-read'; me: Me }
  | { type: 'microphone-seen'; microphone: State['microphone'] }
  | { type: 'panel-opened'; panel: Panel }
  | { type: 'panel-failed'; threadId: string; failure: Failure }
  | { type: 'thread-read'; detail: ThreadDetail }
  | { type: 'note-written'; noteId: string; text: string | null; state: Panel['note']['state']; failure: Failure | null }
  | { type: 'outbox-counted'; unsent: number }
  | { type: 'notification-cleared'; notificationId: string }
  | { type: 'failed'; failure: Failure }

export type Effect =
  | { type: 'open-line' }
  | { type: 'close-line' }
  | { type: 'accept'; callId: string; epoch: number; contact: Contact | null }
  | { type: 'decline'; callId: string; epoch: number }
  | { type: 'hang-up'; callId: string; epoch: number }
  | { type: 'read-call'; callId: string }
  /** `epoch` is the claim's. Said again it changes nothing. */
  | { type: 'voice-connect'; callId: string; epoch: number }
  | { type: 'voice-mute'; muted: boolean }
  | { type: 'voice-hang-up' }
  | { type: 'voice-listen'; ticket: string }
  | { type: 'voice-stop-listening' }
  | { type: 'voice-devices'; devices: Snapshot['devices'] }
  /** A new voice token, then `prepare`. */
  | { type: 'voice-prepare' }
  | { type: 'match-contact'; number: string }
  | { type: 'keep-devices'; devices: Snapshot['devices'] }
  /** The person is signed out for good: forget session, cache and key. */
  | { type: 'forget' }

export interface Step {
  state: State
  effects: Effect[]
}
