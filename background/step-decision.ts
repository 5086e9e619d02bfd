/** What a person decided, with a click or a key. Each may be said twice. */
import type { Decision, Step } from './inputs.ts'
import { chain, just, repeatHangUps, sayHangUp, without } from './just.ts'
import { isBusy, type State } from './state.ts'
import { lineWanted } from './step-line.ts'
import { settle } from './step-offers.ts'

export function decided(state: State, decision: Decision, now: number): Step {
  switch (decision.type) {
    case 'retry':
      return lineWanted(state)
    case 'answer':
      return answer(state, decision.callId, now)
    case 'decline':
      return decline(state, decision.callId)
    case 'hang-up':
      return hangUp(state, now)
    case 'mute':
      return isBusy(state.call)
        ? just({ ...state, call: { ...state.call, muted: decision.muted } }, { type: 'voice-mute', muted: decision.muted })
        : just(state)
    case 'dismiss':
      return just(dismiss(state))
    case 'close-panel':
      return just({ ...state, panel: null })
    case 'microphone-checked':
      return just({ ...state, microphone: decision.microphone })
    case 'listen':
      // Never into a conversation.
      if (isBusy(state.call)) return just({ ...state, listening: { state: 'failed', failure: { code: 'not_reachable' } } })
      return just({ ...state, listening: { state: 'connecting', failure: null } }, { type: 'voice-listen', ticket: decision.ticket })
    case 'stop-listening':
      return just({ ...state, listening: null }, { type: 'voice-stop-listening' })
    case 'choose-devices': {
      const { microphoneId, speakerId, ringerId } = decision
      const devices = { microphoneId, speakerId, ringerId }
      return just({ ...state, devices }, { type: 'keep-devices', devices }, { type: 'voice-devices', devices })
    }
  }
}

/** How long a claim may go unanswered before it is said again, milliseconds. */
export const CLAIM_MS = 5_000

/** Whether this call rings here, and no other is in its way. */
export const canAnswer = (state: State, callId: string): boolean =>
  !isBusy(state.call) && state.offers.some(({ call }) => call.id === callId)

function answer(state: State, callId: string, now: number): Step {
  const offer = state.offers.find(({ call }) => call.id === callId)
  if (!offer || !canAnswer(state, callId)) return just(state)
  const offers = state.offers.filter((other) => other !== offer)
  const call = {
    call: offer.call,
    contact: offer.contact,
    until: offer.until,
    phase: 'claiming',
    muted: false,
    hungUp: false,
    liveSince: null,
    failure: null,
    checkAt: now + CLAIM_MS,
  } as const
  const accept = { type: 'accept', callId, epoch: offer.call.epoch, contact: offer.contact } as const
  // The leg leaves with the claim, not after it: whether it is let in, the companion decides by the claim (docs/decisions/0004).
  const connect = { type: 'voice-connect', callId, epoch: offer.call.epoch + 1 } as const
  // A hang-up of an earlier turn of this call is no wish any more.
  const hangUps = without(state.hangUps, callId)
  return just({ ...state, offers, call, hangUps, notice: null, listening: null }, connect, accept)
}

function decline(state: State, callId: string): Step {
  const offer = state.offers.find(({ call }) => call.id === callId)
  if (!offer) return just(state)
  const { epoch } = offer.call
  return just(settle(state, callId, epoch, true), { type: 'decline', callId, epoch })
}

/** How long the companion has to hear a hang-up before the sound is cut anyway, milliseconds. */
const HANG_UP_MS = 1_500

/** The intent goes to the companion first: a leg that merely leaves would count as a crash, and the caller would be rung on. */
function hangUp(state: State, now: number): Step {
  const held = state.call
  if (!held || held.phase === 'ended') return just(state)
  // Asked again: do not wait for anybody.
  if (held.phase === 'ending' && held.hungUp) {
    const ofThis = (so: State) => repeatHangUps(so, ({ callId }) => callId === held.call.id)
    return chain(state, (so) => just(so, { type: 'voice-hang-up' }), ofThis)
  }
  const ending = { ...state, call: { ...held, phase: 'ending', hungUp: true, checkAt: now + HANG_UP_MS } as const }
  // The claim is on its way: whoever gets it hangs it up (accepted, in step-call.ts).
  if (held.phase === 'claiming') return just(ending)
  return sayHangUp(ending, held.call.id, held.call.epoch)
}

function dismiss(state: State): State {
  if (state.call?.phase !== 'ended') return state
  return { ...state, call: null, panel: state.panel?.threadId === state.call.call.threadId ? null : state.panel }
}
