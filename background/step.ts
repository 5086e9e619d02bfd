/**
 * The desk's one decision: `step(state, input, now) → {state, effects}`. Pure and total: every input is answered in every state, if only by nothing.
 *
 *     THE LINE     signed-out ─sign-in─▶ connecting ─welcome─▶ open ─socket lost─▶ lost ─time, network, a look─▶ connecting
 *                  ▲                          ├─────────────── versions differ ───────────────▶ refused ─retry─▶ connecting
 *                  └────── session ended ─────┘
 *
 *     A CALL       offered ─▶ OFFER ─answer─▶ CLAIMING ─the companion's claim─▶ CONNECTING ─sound both ways─▶ LIVE ─hang-up─▶ ENDING ─▶ ENDED
 *                               │                 ├─ somebody was faster ─▶ (notice: who)                     └─ the leg closed ─▶ ENDING
 *                               │                 └─ companion not reached ─▶ OFFER again, while it rings
 *                               ├─ withdrawn ─▶ (notice)      ├─ time over, also without a line ─▶ (notice)      └─ declined ─▶ (silence)
 *                               └─ taken in this user's other browser ─▶ ELSEWHERE ─▶ ENDED
 *
 *     THE VOICE    stopped ─voice page up─▶ starting ─registered─▶ ready ⇄ failed (tried again by itself)
 *
 * A call's `epoch` grows with each claim and each new ring: whatever carries an older one is history and changes nothing.
 */

import type { Input, Step } from './inputs.ts'
import { failureNotice, just } from './just.ts'
import type { State } from './state.ts'
import { called } from './step-call.ts'
import { decided } from './step-decision.ts'
import { framed, lineLost, lineWanted, signedIn, signedOut, woken } from './step-line.ts'
import { addNotification, noteWritten, threadRead } from './step-panel.ts'
import { ticked } from './step-tick.ts'
import { voiceGone, voiceSaid } from './step-voice.ts'

/** `now`: milliseconds since the epoch. */
export function step(state: State, input: Input, now: number): Step {
  switch (input.type) {
    case 'woken':
      return woken(input, now)
    case 'signed-in':
      return signedIn(state, input.session)
    case 'signed-out':
      return signedOut(state, input.failure)
    case 'resumed':
      // Of a session that was replaced meanwhile it must not open the new one.
      if (state.session?.sessionId !== input.sessionId) return just(state)
      return just({ ...state, session: { ...state.session, token: input.token } })
    case 'tick':
      return ticked(state, now)
    case 'line-wanted':
      return lineWanted(state)
    case 'line-lost':
      return lineLost(state, input, now)
    case 'frame-received':
      return framed(state, input.frame, now)
    case 'decided':
      return decided(state, input.decision, now)
    case 'voice-said':
      return voiceSaid(state, input.said, now)
    case 'voice-gone':
      return voiceGone(state, input.failure, now)
    case 'accepted':
    case 'call-read':
    case 'hang-up-heard':
    case 'hang-up-failed':
    case 'declined':
    case 'request-failed':
      return called(state, input, now)
    case 'contact-matched':
      return just(matched(state, input.number, input.contact))
    case 'me-read':
      return just({ ...state, me: state.me && state.me.at > input.me.at ? state.me : input.me })
    case 'microphone-seen':
      return just({ ...state, microphone: input.microphone })
    case 'panel-opened':
      return just({ ...state, panel: input.panel })
    case 'panel-failed':
      return just(state.panel?.threadId === input.threadId ? { ...state, panel: { ...state.panel, failure: input.failure } } : state)
    case 'thread-read':
      return just(threadRead(state, input.detail))
    case 'note-written':
      return just(noteWritten(state, input))
    case 'outbox-counted':
      return just({ ...state, unsent: input.unsent })
    case 'notification-cleared':
      return just(addNotification(state, input.notificationId, null))
    case 'failed':
      return just({ ...state, notice: failureNotice(input.failure, now) })
  }
}

function matched(state: State, number: string, contact: State['offers'][number]['contact']): State {
  const offers = state.offers.map((offer) => (offer.call.from === number ? { ...offer, contact } : offer))
  return { ...state, offers, call: state.call?.call.from === number ? { ...state.call, contact } : state.call }
}
