/** States and messages of the desk, to be combined in tests. */
import type { Decision, Effect, Input } from '../../background/inputs.ts'
import { blank, type State } from '../../background/state.ts'
import { step } from '../../background/step.ts'
import type { FromVoice } from '../../utils/messages.ts'
import type { Call, Event, Me, ServerFrame, UserRef } from '../../utils/protocol/index.ts'

export const at = (seconds: number) => Date.parse('2026-11-22T08:00:00.000Z') + seconds * 1000
export const iso = (seconds: number) => new Date(at(seconds)).toISOString()
export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const anna: UserRef = { id: id(1), name: 'Anna' }
export const piotr: UserRef = { id: id(2), name: 'Piotr' }

export const me: Me = {
  user: { ...anna, role: 'agent', seat: true, language: 'en' },
  wanted: true,
  status: 'ready',
  reason: null,
  channels: [{ id: id(50), name: 'Support', number: '+48221234567' }],
  admins: [piotr],
  at: iso(0),
}

export const call = (change: Partial<Call> = {}): Call => ({
  id: id(10),
  state: 'ringing',
  direction: 'inbound',
  channel: { id: id(50), name: 'Support' },
  from: '+48600100200',
  to: '+48221234567',
  contact: null,
  epoch: 1,
  claimedBy: null,
  ringUntil: iso(30),
  arrivedAt: iso(0),
  liveAt: null,
  endedAt: null,
  outcome: null,
  missedReason: null,
  threadId: null,
  ...change,
})

export const thread = {
  id: id(20),
  channel: { id: id(50), name: 'Support' },
  number: '+48600100200',
  contact: null,
  owner: null,
  missed: true,
  open: true,
  preview: '',
  createdAt: iso(0),
  updatedAt: iso(0),
  seq: 9,
}

export const claimed = (change: Partial<Call> = {}) =>
  call({ state: 'claimed', epoch: 2, claimedBy: anna, ringUntil: null, threadId: id(20), ...change })

export const welcome = (change: Partial<Extract<ServerFrame, { type: 'welcome' }>> = {}): Input => ({
  type: 'frame-received',
  frame: { type: 'welcome', upTo: 7, reset: false, me, offers: [], call: null, notifications: [], now: iso(0), ...change },
})

export const happened = (...events: Event[]): Input => ({
  type: 'frame-received',
  frame: { type: 'events', from: 7, upTo: 8, events: events.map((event, index) => ({ seq: 8 + index, event })) },
})

export const offered = (change: Partial<Call> = {}) => happened({ type: 'call-offered', call: call(change) })
export const changed = (change: Partial<Call> = {}) => happened({ type: 'call-changed', call: claimed(change) })
export const withdrawn = (
  reason: 'answered' | 'timed-out' | 'caller-left' | 'declined' | 'unreachable',
  by: UserRef | null = null,
  epoch = 1,
) => happened({ type: 'call-withdrawn', callId: id(10), epoch, reason, by })

export const accepted = (change: Partial<Call> = {}): Input => ({
  type: 'accepted',
  callId: id(10),
  claim: { call: claimed(change), epoch: claimed(change).epoch, leaseUntil: iso(20) },
})

export const voice = (call: FromVoice['call'] = null, change: Partial<FromVoice> = {}): Input => ({
  type: 'voice-said',
  said: {
    type: 'state',
    device: { state: 'ready', failure: null },
    wantsToken: false,
    microphone: 'granted',
    ringing: false,
    listening: null,
    call,
    ...change,
  },
})

export const leg = (state: NonNullable<FromVoice['call']>['state'], change: Partial<NonNullable<FromVoice['call']>> = {}) => ({
  callId: id(10),
  epoch: 2,
  state,
  muted: false,
  failure: null,
  ...change,
})

export const decide = (decision: Decision): Input => ({ type: 'decided', decision })
export const answer = decide({ type: 'answer', callId: id(10) })
export const hangUp = decide({ type: 'hang-up' })

export const signedIn: Input = {
  type: 'signed-in',
  session: { address: 'https://calls.example', sessionId: id(40), userId: id(1), token: 'token' },
}
export const lost: Extract<Input, { type: 'line-lost' }> = {
  type: 'line-lost',
  failure: { code: 'companion_unreachable' },
  fatal: false,
  jitter: 0.5,
}

/** Inputs one after another, at second `from` unless they say otherwise. Effects are those of the last. */
export function play(inputs: Input[], from = 1, start: State = blank): { state: State; effects: Effect[] } {
  return inputs.reduce<{ state: State; effects: Effect[] }>(({ state }, input) => step(state, input, at(from)), {
    state: start,
    effects: [],
  })
}

export const open = [signedIn, voice(), welcome()]

/** How to come into every interesting state. */
export const ways: Record<string, Input[]> = {
  'signed out': [],
  connecting: [signedIn],
  open,
  lost: [...open, lost],
  refused: [...open, { ...lost, fatal: true }],
  ringing: [...open, offered()],
  claiming: [...open, offered(), answer],
  connecting_sound: [...open, offered(), answer, accepted()],
  live: [...open, offered(), answer, accepted(), voice(leg('open')), voice(leg('media'))],
  ending: [...open, offered(), answer, accepted(), voice(leg('media')), hangUp],
  ended: [...open, offered(), answer, accepted(), voice(leg('media')), changed({ state: 'ended', endedAt: iso(60), outcome: 'answered' })],
  elsewhere: [...open, offered(), changed()],
}
