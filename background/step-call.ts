/** The held call, by what the companion says of it. */
import type { Failure } from '../utils/messages.ts'
import type { Call, Claim } from '../utils/protocol/index.ts'
import type { Effect, Input, Step } from './inputs.ts'
import { chain, failureNotice, iso, just, noticeId, sayHangUp, without } from './just.ts'
import { type HeldCall, isBusy, type State } from './state.ts'
import { settle } from './step-offers.ts'

type CallInput = Extract<Input, { type: 'accepted' | 'call-read' | 'hang-up-heard' | 'hang-up-failed' | 'declined' | 'request-failed' }>

export function called(state: State, input: CallInput, now: number): Step {
  switch (input.type) {
    case 'accepted':
      return accepted(state, input.claim)
    case 'call-read':
      return chain(
        state,
        (so) => changed(so, input.call, now),
        (so) => hangUpAfterAll(so, input.call),
      )
    case 'hang-up-heard': {
      const told = { ...state, hangUps: without(state.hangUps, input.callId, input.epoch) }
      return chain(
        told,
        (so) => changed(so, input.call, now),
        (so) => just(so, ...cutLeg(so, input)),
      )
    }
    case 'hang-up-failed':
      return hangUpFailed(state, input, now)
    case 'declined':
      return just({ ...state, settled: state.settled.map((one) => (one.callId === input.callId ? { ...one, declined: false } : one)) })
    case 'request-failed':
      return failed(state, input, now)
  }
}

/** Ours. A claim that comes after a hang-up is hung up; one that nobody waits for any more runs out with its lease. */
function accepted(state: State, claim: Claim): Step {
  const held = heldAs(state, claim.call.id)
  if (!held) return just(state)
  const { epoch, call } = claim
  const settled = settle(state, call.id, epoch, false)
  if (held.phase === 'ending' && held.hungUp) {
    return sayHangUp({ ...settled, call: { ...held, call } }, call.id, epoch)
  }
  if (held.phase === 'live') return just({ ...settled, call: { ...held, call, checkAt: null } })
  if (!isBusy(held)) return just(state)
  const checkAt = Date.parse(claim.leaseUntil) - state.line.skew
  const connecting = { ...settled, call: { ...held, call, phase: 'connecting', checkAt } } as const
  // The leg that left with the claim may have failed meanwhile, or belong to another epoch; where it is this very one, nothing changes.
  return just(connecting, { type: 'voice-connect', callId: call.id, epoch })
}

/** The companion says how the call stands. */
export function changed(state: State, call: Call, now: number): Step {
  const held = heldAs(state, call.id)
  if (!held) return strange(state, call, now)
  if (call.epoch < held.call.epoch) return just(state)
  const mine = call.claimedBy?.id === state.me?.user.id
  if (call.state === 'ended') return ended({ ...state, call: { ...held, call } }, held.failure)
  if ((call.state === 'claimed' || call.state === 'live') && mine)
    return just({ ...state, call: { ...held, call, checkAt: held.phase === 'live' ? null : held.checkAt } })
  if (held.phase === 'claiming' && call.epoch === held.call.epoch) return just(state)
  // Rung again, with somebody else, or in voicemail: it is not ours any more.
  if (held.phase === 'ended') return just(state)
  // Hung up, only the companion does not know it yet.
  if (saysHangUp(state, call.id)) return just({ ...ended(state, null).state, hangUps: state.hangUps }, { type: 'voice-hang-up' })
  const notice =
    call.claimedBy && !mine ? takenNotice(call, call.claimedBy, now) : failureNotice(held.failure ?? { code: 'media_failed' }, now)
  return just({ ...state, call: null, notice }, { type: 'voice-hang-up' })
}

const takenNotice = (call: Call, by: { id: string; name: string }, now: number) =>
  ({ id: noticeId(call.id), kind: 'taken', by, at: iso(now) }) as const

/** A call that we did not know we had: taken in this user's other browser, or in this one before its state was lost. */
function strange(state: State, call: Call, now: number): Step {
  if (call.state === 'ended') return just(settle(state, call.id, call.epoch, false), ...hangUpIfHeld(state, call.id))
  const mine = call.claimedBy !== null && call.claimedBy.id === state.me?.user.id
  if (!mine || (call.state !== 'claimed' && call.state !== 'live')) return just(state)
  if (state.call && state.call.phase !== 'ended' && state.call.phase !== 'elsewhere') return just(state)
  const offer = state.offers.find((one) => one.call.id === call.id)
  const here = state.voice.holds === call.id
  // Our claim was granted, and its answer lost: it is asked for again, and where it is another browser's, the companion says so.
  const asked = offer?.asked === true
  const held: HeldCall = {
    call,
    contact: offer?.contact ?? call.contact,
    phase: here ? 'connecting' : asked ? 'claiming' : 'elsewhere',
    muted: false,
    hungUp: false,
    liveSince: call.liveAt ? Date.parse(call.liveAt) - state.line.skew : null,
    failure: null,
    until: 0,
    checkAt: here || asked ? now : null,
  }
  return just({ ...settle(state, call.id, call.epoch, false), call: held })
}

/** The held call is over. Its panel and its last words stay until dismissed. */
export function ended(state: State, failure: Failure | null): Step {
  const held = state.call
  if (!held) return just(state)
  const hangUps = without(state.hangUps, held.call.id)
  const over = { ...state, hangUps, call: { ...held, phase: 'ended', failure, checkAt: null } as const }
  return just(settle(over, held.call.id, held.call.epoch, false), ...hangUpIfHeld(state, held.call.id))
}

interface HungUp {
  callId: string
  epoch: number
}

/** Whether what is held now is another call than the one that was hung up, or the same one answered anew. */
const isAnother = ({ call }: HeldCall, { callId, epoch }: HungUp) => call.id !== callId || call.epoch > epoch

/** The leg that was hung up, wherever it may still be up; never that of what was answered meanwhile. */
const cutLeg = ({ call }: State, hungUp: HungUp): Effect[] => (isBusy(call) && isAnother(call, hungUp) ? [] : [{ type: 'voice-hang-up' }])

/** Hung up before the claim was answered, and the answer never came: now it is known that the call is ours. */
function hangUpAfterAll(state: State, call: Call): Step {
  const held = heldAs(state, call.id)
  if (held?.phase !== 'ending' || !held.hungUp || saysHangUp(state, call.id)) return just(state)
  return sayHangUp(state, call.id, call.epoch)
}

const hangUpIfHeld = (state: State, callId: string): Effect[] => (state.voice.holds === callId ? [{ type: 'voice-hang-up' }] : [])

const saysHangUp = ({ hangUps }: State, callId: string) => hangUps.some((one) => one.callId === callId)

const heldAs = (state: State, callId: string) => (state.call?.call.id === callId ? state.call : null)

/** Failures after which the call is certainly not ours, whatever else they mean. */
const over = new Set<string>(['call_over', 'unknown_call', 'stale_epoch', 'not_found'])
/** … and after which nobody hears a hang-up of ours any more. */
const unheard = new Set<string>([...over, 'signed_out', 'user_disabled', 'not_allowed', 'protocol_mismatch'])

function failed(state: State, { request, callId, failure }: Extract<CallInput, { type: 'request-failed' }>, now: number): Step {
  const held = heldAs(state, callId)
  if (request === 'read-call') return held && over.has(failure.code) ? ended(state, held.failure) : just(state)
  if (request === 'decline' || !held) return just(state)
  if (held.phase === 'ending') return just({ ...state, call: null }, { type: 'voice-hang-up' })
  if (held.phase !== 'claiming') return just(state)
  // The leg that left with the claim leads nowhere.
  return just(claimFailed(state, held, failure, now), { type: 'voice-hang-up' })
}

/** Said again soon, and at the next welcome: the caller rings on until it is heard. Unless the companion has no such call any more, or never will. */
function hangUpFailed(state: State, input: Extract<CallInput, { type: 'hang-up-failed' }>, now: number): Step {
  const { callId, epoch, failure } = input
  const later = (one: State['hangUps'][number]) =>
    one.callId === callId && one.epoch === epoch ? { ...one, retryAt: now + HANG_UP_AGAIN_MS } : one
  const hangUps = unheard.has(failure.code) ? without(state.hangUps, callId, epoch) : state.hangUps.map(later)
  const { call: held } = state
  const after = held?.phase === 'ending' && !isAnother(held, input) ? ended(state, null).state : state
  return just({ ...after, hangUps }, ...cutLeg(after, input))
}

/** Milliseconds until a hang-up that was not heard is said again. */
const HANG_UP_AGAIN_MS = 3_000

function claimFailed(state: State, held: HeldCall, failure: Failure, now: number): State {
  const { call } = held
  // By this user in another browser: `you`.
  if (failure.code === 'call_taken' && failure.details?.you === 'true') {
    return { ...state, call: { ...held, phase: 'elsewhere', checkAt: null } }
  }
  const notice = { ...failureNotice(failure, now), id: noticeId(call.id) }
  const free = { ...state, call: null, notice }
  if (failure.code === 'call_taken' || over.has(failure.code) || held.until <= now) return settle(free, call.id, call.epoch, false)
  // It may well be ringing still: let the agent try again.
  return { ...free, offers: [...state.offers, { call, contact: held.contact, until: held.until, asked: true }] }
}
