/** What rings here. */
import type { Notice } from '../utils/messages.ts'
import type { Call, Event } from '../utils/protocol/index.ts'
import type { Step } from './inputs.ts'
import { iso, just, noticeId } from './just.ts'
import { isBusy, type Offer, type State } from './state.ts'

/** How long a ring without a given end lasts: the desk-wide default (RO3), milliseconds. */
const RING_MS = 30_000
/** How many settled calls are remembered; older ones cannot come again. */
const SETTLED = 30

/** A call rings. Said again (a doubled event, a welcome) it changes nothing; what this user declined is declined once more instead. */
export function offered(state: State, call: Call, now: number): Step {
  const settled = state.settled.find(({ callId, epoch }) => callId === call.id && epoch >= call.epoch)
  if (settled) return just(state, ...(settled.declined ? [{ type: 'decline', callId: call.id, epoch: call.epoch } as const] : []))
  if (call.state !== 'ringing') return just(state)
  // It rings only because the companion has not heard yet that we hung up.
  if (state.hangUps.some(({ callId, epoch }) => callId === call.id && call.epoch === epoch + 1)) return just(state)
  const held = state.call?.call.id === call.id ? state.call : null
  if (held && held.call.epoch >= call.epoch) return just(state)
  const known = state.offers.find((offer) => offer.call.id === call.id)
  if (known && known.call.epoch > call.epoch) return just(state)
  const until = call.ringUntil ? Date.parse(call.ringUntil) - state.line.skew : now + RING_MS
  if (until <= now) return just(state)
  const offer: Offer = { call, contact: known?.contact ?? held?.contact ?? call.contact, until }
  const offers = [...state.offers.filter((other) => other !== known), offer].sort((a, b) =>
    a.call.arrivedAt.localeCompare(b.call.arrivedAt),
  )
  const rings = { ...state, offers, call: held ? null : state.call }
  return just(
    rings,
    ...(held && isBusy(held) ? [{ type: 'voice-hang-up' } as const] : []),
    ...(known || call.from === 'anonymous' ? [] : [{ type: 'match-contact', number: call.from } as const]),
  )
}

/** Rings this much longer without a line, milliseconds: somebody may have answered, and nobody could say so (P5: silent within 5 s). */
const DEAF_MS = 1_000

export const deafened = (offers: readonly Offer[], now: number): Offer[] =>
  offers.map((offer) => ({ ...offer, until: Math.min(offer.until, now + DEAF_MS) }))

type Withdrawn = Extract<Event, { type: 'call-withdrawn' }>

/** It rings no longer; where somebody else answered, this user sees who. */
export function withdrawn(state: State, event: Withdrawn, now: number): Step {
  const offer = state.offers.find(({ call }) => call.id === event.callId)
  if (offer && event.epoch < offer.call.epoch) return just(state)
  const held = state.call?.call.id === event.callId ? state.call : null
  const claiming = held?.phase === 'claiming' && event.epoch >= held.call.epoch
  const byMe = event.by !== null && event.by.id === state.me?.user.id
  const quiet = settle(state, event.callId, Math.max(event.epoch, offer?.call.epoch ?? 0), false)
  // Our own claim is answered by the companion's reply; only that somebody was faster, or that it is over, is known already.
  if (claiming && byMe) return just(state)
  if (!offer && !claiming) {
    // Our claim came too late a moment ago, and the refusal had no more than a name.
    const late = state.notice?.kind === 'failure' && state.notice.id === noticeId(event.callId)
    return just(late ? { ...quiet, notice: noticeOf(event, byMe, now) ?? state.notice } : quiet)
  }
  const notice = noticeOf(event, byMe, now) ?? state.notice
  return claiming ? just({ ...quiet, call: null, notice }, { type: 'voice-hang-up' }) : just({ ...quiet, notice })
}

function noticeOf(event: Withdrawn, byMe: boolean, now: number): Notice | null {
  const same = { id: noticeId(event.callId), at: iso(now) }
  if (event.reason === 'answered') return event.by && !byMe ? { ...same, kind: 'taken', by: event.by } : null
  return event.reason === 'unreachable' ? null : { ...same, kind: event.reason }
}

/** Silence for this call up to this epoch. `declined`: the companion does not know yet. */
export function settle(state: State, callId: string, epoch: number, declined: boolean): State {
  const others = state.settled.filter((one) => one.callId !== callId)
  const offers = state.offers.filter(({ call }) => call.id !== callId || call.epoch > epoch)
  return { ...state, offers, settled: [...others, { callId, epoch, declined }].slice(-SETTLED) }
}

/**
 * Rings whose time is over end by themselves, also where the companion cannot be heard. One that ends early because the line was lost is not
 * settled: where it still rings, the welcome after it rings here again.
 */
export function ringsOver(state: State, now: number): State {
  const over = state.offers.filter(({ until }) => until <= now)
  if (over.length === 0) return state
  const left = { ...state, offers: state.offers.filter(({ until }) => until > now) }
  const whole = over.filter(({ call }) => call.ringUntil === null || Date.parse(call.ringUntil) - state.line.skew <= now)
  return whole.reduce<State>((so, { call }) => {
    const notice: Notice = { id: noticeId(call.id), kind: 'timed-out', at: iso(now) }
    return { ...settle(so, call.id, call.epoch, false), notice }
  }, left)
}
