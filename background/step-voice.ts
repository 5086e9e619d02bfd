/** What the voice page says: every message is the whole truth about it. */
import type { Failure, FromVoice } from '../utils/messages.ts'
import type { Step } from './inputs.ts'
import { backoff, chain, just } from './just.ts'
import { type HeldCall, isBusy, type State } from './state.ts'
import { ended } from './step-call.ts'
import { isListening, voiceWanted } from './wants.ts'

/** How long the companion has to say what became of a call whose leg closed, before it is asked, milliseconds. */
const VERDICT_MS = 1_000

export function voiceSaid(state: State, said: FromVoice, now: number): Step {
  return chain(
    state,
    (so) => deviceSaid(so, said, now),
    (so) => callSaid(so, said.call, now),
    (so) => just(listeningSaid(so, said.listening)),
  )
}

function deviceSaid(state: State, { device, microphone, wantsToken, call }: FromVoice, now: number): Step {
  const holds = call && call.state !== 'closed' ? call.callId : null
  const kind = device.state === 'none' ? 'stopped' : device.state
  const failedNow = kind === 'failed' && state.voice.state !== 'failed'
  const tries = kind === 'ready' ? 0 : state.voice.tries + (failedNow ? 1 : 0)
  const retryAt = kind !== 'failed' ? null : failedNow ? now + backoff(tries, 0.5, 1_000, 60_000) : state.voice.retryAt
  const after: State = { ...state, microphone, voice: { state: kind, failure: device.failure, holds, retryAt, tries } }
  const prepare = voiceWanted(after) && (kind === 'stopped' || wantsToken)
  return just(after, ...(prepare ? [{ type: 'voice-prepare' } as const] : []))
}

/** What was stopped here is not heard of again; a page that came up late has not heard of it yet. */
const listeningSaid = (state: State, said: FromVoice['listening']): State =>
  said && state.listening ? { ...state, listening: said } : state

function callSaid(state: State, said: FromVoice['call'], now: number): Step {
  const held = state.call
  if (!said || said.callId !== held?.call.id) return otherCall(state, held, said, now)
  if (said.epoch < held.call.epoch && said.state === 'closed') return just(state)
  if (said.state === 'closed') return legClosed(state, held, said.failure, now)
  if (held.phase === 'ended') return just(state, { type: 'voice-hang-up' })
  if (held.phase === 'ending' && (held.hungUp || said.state !== 'media')) return just(state)
  const { muted } = said
  if (said.state === 'media') {
    // Sound before the claim's answer: the claim was granted, in this epoch. The answer is still asked for.
    const call = held.phase === 'claiming' ? { ...held.call, epoch: Math.max(held.call.epoch, said.epoch) } : held.call
    const checkAt = held.phase === 'claiming' ? held.checkAt : null
    return just({ ...state, call: { ...held, call, phase: 'live', muted, liveSince: held.liveSince ?? now, failure: null, checkAt } })
  }
  // The leg left with the claim; only the companion says that the claim was granted.
  const phase = held.phase === 'live' || held.phase === 'claiming' ? held.phase : 'connecting'
  const failure: Failure | null = said.state === 'reconnecting' ? { code: 'media_failed' } : held.failure
  return just({ ...state, call: { ...held, phase, muted, failure } })
}

/** The voice page carries nothing, or something that the desk does not know of. */
function otherCall(state: State, held: HeldCall | null, said: FromVoice['call'], now: number): Step {
  if (said && said.state !== 'closed')
    return just(state, isBusy(held) ? { type: 'voice-hang-up' } : { type: 'read-call', callId: said.callId })
  return held?.phase === 'live' ? just(doubt(state, held, held.failure, now)) : just(state)
}

/** The other side hung up, the network went, or the sound never came. Who it was, the companion says; a failure of ours shows at once. */
function legClosed(state: State, held: HeldCall, failure: Failure | null, now: number): Step {
  if (held.phase === 'connecting' && failure) return ended(state, failure)
  if (held.phase === 'connecting') return just(connectAgain(state, held, now))
  return just(held.phase === 'live' ? doubt(state, held, failure, now) : state)
}

/** How long the companion has to say that a call is over whose leg was turned away, before the claim is asked for again, milliseconds. */
const AGAIN_MS = 500

/** The call is ours, and its leg is not: the claim is asked for again and connected anew (callDue, step-tick.ts), until the lease ends. */
const connectAgain = (state: State, held: HeldCall, now: number): State => ({
  ...state,
  call: { ...held, checkAt: Math.min(held.checkAt ?? Number.POSITIVE_INFINITY, now + AGAIN_MS) },
})

const doubt = (state: State, held: HeldCall, failure: Failure | null, now: number): State => ({
  ...state,
  call: { ...held, phase: 'ending', failure, checkAt: now + VERDICT_MS },
})

/** The page is gone, and with it whatever it carried. */
export function voiceGone(state: State, failure: Failure | null, now: number): Step {
  const tries = state.voice.tries + (failure ? 1 : 0)
  const voice = {
    state: failure ? ('failed' as const) : ('stopped' as const),
    failure,
    holds: null,
    retryAt: failure ? now + backoff(tries, 0.5, 1_000, 60_000) : null,
    tries,
  }
  const listening = isListening(state) ? ({ state: 'failed', failure: failure ?? { code: 'voice_failed' } } as const) : state.listening
  const after = { ...state, voice, listening }
  const held = state.call
  if (held?.phase === 'connecting' && !failure) return just(connectAgain(after, held, now))
  return just(held && (held.phase === 'live' || held.phase === 'connecting') ? doubt(after, held, failure, now) : after)
}
