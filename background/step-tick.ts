/** What happens by itself, with time. */
import type { Effect, Step } from './inputs.ts'
import { chain, just, repeatHangUps } from './just.ts'
import type { State } from './state.ts'
import { ringsOver } from './step-offers.ts'
import { voiceWanted } from './wants.ts'

/** A notice is read in this time, milliseconds. */
const NOTICE_MS = 8_000
/** Milliseconds between questions about a call in doubt. */
const CHECK_MS = 3_000

export function ticked(state: State, now: number): Step {
  return chain(
    state,
    (so) => just(noticeOver(ringsOver(so, now), now)),
    (so) => lineDue(so, now),
    (so) => voiceDue(so, now),
    (so) => callDue(so, now),
    (so) => repeatHangUps(so, ({ retryAt }) => isDue(retryAt, now)),
  )
}

/** The next instant at which `tick` has something to do, or null. */
export function nextTick(state: State): number | null {
  const due = [
    ...state.offers.map(({ until }) => until),
    state.notice ? Date.parse(state.notice.at) + NOTICE_MS : null,
    state.line.phase === 'lost' ? state.line.retryAt : null,
    state.voice.state === 'failed' ? state.voice.retryAt : null,
    state.call?.checkAt ?? null,
    ...state.hangUps.map(({ retryAt }) => retryAt),
  ].filter((at) => at !== null)
  return due.length > 0 ? Math.min(...due) : null
}

const isDue = (instant: number | null | undefined, now: number) => instant !== null && instant !== undefined && instant <= now

const noticeOver = (state: State, now: number): State =>
  state.notice && Date.parse(state.notice.at) + NOTICE_MS <= now ? { ...state, notice: null } : state

function lineDue(state: State, now: number): Step {
  if (state.line.phase !== 'lost' || state.line.retryAt === null || state.line.retryAt > now) return just(state)
  return just({ ...state, line: { ...state.line, phase: 'connecting', retryAt: null } }, { type: 'open-line' })
}

function voiceDue(state: State, now: number): Step {
  if (state.voice.state !== 'failed' || state.voice.retryAt === null || state.voice.retryAt > now) return just(state)
  // `stopped`, so that a second failure counts as a new one.
  const voice = { ...state.voice, state: 'stopped' as const, retryAt: null }
  return just({ ...state, voice }, ...(voiceWanted(state) ? [{ type: 'voice-prepare' } as const] : []))
}

/** Something was to happen to the call and has not: ask. A claim is asked for again where the voice page never got it (a worker died between). */
function callDue(state: State, now: number): Step {
  const held = state.call
  if (!held || held.checkAt === null || held.checkAt > now) return just(state)
  const { id, epoch } = held.call
  const again = held.phase === 'claiming' || (held.phase === 'connecting' && state.voice.holds !== id)
  const ask: Effect = again ? { type: 'accept', callId: id, epoch, contact: held.contact } : { type: 'read-call', callId: id }
  return just(
    { ...state, call: { ...held, phase: again ? 'claiming' : held.phase, checkAt: now + CHECK_MS } },
    ask,
    ...(held.phase === 'ending' && state.voice.holds === id ? [{ type: 'voice-hang-up' } as const] : []),
  )
}
