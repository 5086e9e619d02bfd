/** The line to the companion, and what comes over it. */

import { Failure } from '../utils/messages.ts'
import type { Event, ServerFrame } from '../utils/protocol/index.ts'
import type { Input, Step } from './inputs.ts'
import { backoff, chain, just, repeatHangUps } from './just.ts'
import { blank, isBusy, type Session, type State } from './state.ts'
import { changed, ended } from './step-call.ts'
import { deafened, offered, withdrawn } from './step-offers.ts'
import { addNotification, entryChanged, threadChanged } from './step-panel.ts'

/** Milliseconds that the voice page and the companion have to report after a stopped worker came back. */
const REPORT_MS = 2_000

export function woken({ state, session, devices }: Extract<Input, { type: 'woken' }>, now: number): Step {
  const before = { ...(state ?? blank), session: state?.session ?? session, devices: devices ?? state?.devices ?? blank.devices }
  if (!before.session) return just(before)
  const doubtful = before.call && before.call.phase !== 'ended' && before.call.phase !== 'elsewhere'
  const call = doubtful && before.call ? { ...before.call, checkAt: now + REPORT_MS } : before.call
  if (before.line.phase === 'refused') return just({ ...before, call })
  return just({ ...before, call, line: { ...before.line, phase: 'connecting', retryAt: null } }, { type: 'open-line' })
}

export function signedIn(state: State, session: Session): Step {
  const { microphone, voice, devices } = state
  return just({ ...blank, session, microphone, voice, devices, line: { ...blank.line, phase: 'connecting' } }, { type: 'open-line' })
}

/** Notes that were not sent stay in this browser, and the person is told (cache.forget). */
export function signedOut(state: State, failure: Failure | null): Step {
  const { microphone, devices, unsent } = state
  const after = { ...blank, microphone, devices, unsent, line: { ...blank.line, failure } }
  return just(after, { type: 'close-line' }, { type: 'voice-hang-up' }, { type: 'forget' })
}

/** Do not wait for the next try. */
export function lineWanted(state: State): Step {
  if (!state.session || (state.line.phase !== 'lost' && state.line.phase !== 'refused')) return just(state)
  return just({ ...state, line: { ...state.line, phase: 'connecting', retryAt: null, tries: 0 } }, { type: 'open-line' })
}

/** The session was ended from outside: nothing that was read with it stays here. */
const sessionOver = new Set<string>(['signed_out', 'user_disabled'])

export function lineLost(state: State, { failure, fatal, jitter }: Extract<Input, { type: 'line-lost' }>, now: number): Step {
  if (!state.session) return just(state)
  if (fatal) {
    const over = sessionOver.has(failure.code)
    if (over && !isBusy(state.call)) return signedOut(state, failure)
    // A conversation is the companion's to end; the sound is not cut from here.
    const refused = { ...state, offers: [], line: { ...state.line, phase: 'refused', failure, retryAt: null } as const }
    return just(refused, ...(over ? [{ type: 'forget' } as const] : []))
  }
  const retryAt = now + backoff(state.line.tries, jitter, 500, 15_000)
  const line = { ...state.line, phase: 'lost', failure, retryAt, tries: state.line.tries + 1 } as const
  return just({ ...state, line, offers: deafened(state.offers, now) })
}

export function framed(state: State, frame: ServerFrame, now: number): Step {
  if (!state.session) return just(state)
  switch (frame.type) {
    case 'welcome':
      return welcomed(state, frame, now)
    case 'events':
      return chain(
        state,
        ...frame.events.map(
          ({ event }) =>
            (so: State) =>
              happened(so, event, now),
        ),
      )
    case 'pong':
      return just({ ...state, line: { ...state.line, skew: Date.parse(frame.now) - now } })
    case 'refused': {
      const lost = lineLost(state, { type: 'line-lost', failure: Failure.parse(frame.error), fatal: true, jitter: 0 }, now)
      return { state: lost.state, effects: lost.state.session ? [...lost.effects, { type: 'close-line' }] : lost.effects }
    }
  }
}

type Welcome = Extract<ServerFrame, { type: 'welcome' }>

/** The truth of this moment: what is not in it is over. */
function welcomed(state: State, frame: Welcome, now: number): Step {
  const line = { phase: 'open', failure: null, retryAt: null, tries: 0, skew: Date.parse(frame.now) - now } as const
  // What is ours now may have been asked for here (strange, step-call.ts).
  const offers = state.offers.filter(({ call }) => [...frame.offers, frame.call].some((told) => told?.id === call.id))
  const start: State = { ...state, line, me: frame.me, notifications: newestFirst(frame.notifications), offers }
  const { call } = frame
  return chain(
    start,
    (so) => repeatHangUps(so),
    ...frame.offers.map((offer) => (so: State) => offered(so, offer, now)),
    (so) => (call ? changed(so, call, now) : holdsNothing(so)),
  )
}

const newestFirst = (notifications: State['notifications']) => [...notifications].sort((a, b) => b.at.localeCompare(a.at))

function holdsNothing(state: State): Step {
  const held = state.call
  if (!held || held.phase === 'ended' || held.phase === 'claiming') return just(state)
  // A claim may have been granted while this welcome was on its way, so a call with sound is asked about rather than cut.
  return held.phase === 'elsewhere' ? ended(state, null) : just(state, { type: 'read-call', callId: held.call.id })
}

/** One event of the feed. Doubled ones change nothing. */
function happened(state: State, event: Event, now: number): Step {
  switch (event.type) {
    case 'call-offered':
      return offered(state, event.call, now)
    case 'call-withdrawn':
      return withdrawn(state, event, now)
    case 'call-changed':
      return changed(state, event.call, now)
    case 'thread-changed':
      return just(threadChanged(state, event.thread))
    case 'entry-changed':
      return just(entryChanged(state, event.entry))
    case 'me-changed':
      return just({ ...state, me: event.me })
    case 'notification-added':
      return just(addNotification(state, event.notification.id, event.notification))
    case 'notification-cleared':
      return just(addNotification(state, event.notificationId, null))
  }
}
