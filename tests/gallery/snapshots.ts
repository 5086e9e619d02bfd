/** Snapshots of every state that a view shows. */
import type { CurrentCall, Panel, Snapshot } from '../../utils/messages.ts'
import { anna, at, call, id, maria, me, piotr, strained, wide } from './people.ts'
import { detail, notifications, strainedDetail } from './threads.ts'

export const ready: Snapshot = {
  line: { state: 'open', address: 'https://calls.example.com', failure: null, retryAt: null },
  me,
  microphone: 'granted',
  voice: { state: 'ready', failure: null },
  offers: [],
  call: null,
  notice: null,
  panel: null,
  notifications: [],
  devices: { microphoneId: null, speakerId: null, ringerId: null },
  unsent: 0,
  listening: null,
}

/** `ready` with something else. */
export const but = (change: Partial<Snapshot>): Snapshot => ({ ...ready, ...change })

const blocked = (reason: NonNullable<typeof me.reason>) => but({ me: { ...me, status: 'blocked', reason } })

export const offer = { call, contact: maria }
export const strainedOffer = { call: { ...call, id: id(102), channel: wide, from: strained.number }, contact: strained }
export const anonymousOffer = { call: { ...call, id: id(103), from: 'anonymous' as const }, contact: null }
export const unknownOffer = { call: { ...call, id: id(104), from: '+12025550123' }, contact: null }

export const current: CurrentCall = {
  call: { ...call, state: 'live', liveAt: at(-95) },
  contact: maria,
  phase: 'live',
  muted: false,
  hungUp: true,
  liveSince: at(-95),
  failure: null,
}

const ended: CurrentCall = {
  ...current,
  phase: 'ended',
  call: { ...current.call, state: 'ended', endedAt: at(-3), outcome: 'answered' },
}

export const panel: Panel = {
  threadId: detail.thread.id,
  thread: detail,
  note: { noteId: id(600), text: 'Asked for the invoice of October.', state: 'saved' },
  failure: null,
}

export const snapshots = {
  ringing: but({ offers: [offer] }),
  'ringing-strained': but({ offers: [strainedOffer] }),
  'ringing-anonymous': but({ offers: [anonymousOffer] }),
  'ringing-unknown': but({ offers: [unknownOffer] }),
  'ringing-three': but({ offers: [offer, strainedOffer, anonymousOffer] }),
  claiming: but({ call: { ...current, phase: 'claiming', liveSince: null } }),
  connecting: but({ call: { ...current, phase: 'connecting', liveSince: null } }),
  live: but({ call: current }),
  'live-muted': but({ call: { ...current, muted: true } }),
  'live-strained': but({ call: { ...current, contact: strained, call: { ...current.call, channel: wide, from: strained.number } } }),
  'live-second-call': but({ call: current, offers: [strainedOffer] }),
  ending: but({ call: { ...current, phase: 'ending' } }),
  ended: but({ call: ended }),
  'ended-while-ringing': but({ call: ended, offers: [unknownOffer] }),
  elsewhere: but({ call: { ...current, phase: 'elsewhere' } }),
  'media-failed': but({ call: { ...ended, liveSince: null, failure: { code: 'media_failed' } } }),
  taken: but({ notice: { id: id(700), kind: 'taken', by: piotr, at: at(0) } }),
  'caller-left': but({ notice: { id: id(701), kind: 'caller-left', at: at(0) } }),
  'timed-out': but({ notice: { id: id(702), kind: 'timed-out', at: at(0) } }),
  declined: but({ notice: { id: id(703), kind: 'declined', at: at(0) } }),
  'failed-notice': but({ notice: { id: id(704), kind: 'failure', failure: { code: 'not_reachable' }, at: at(0) } }),
  'taken-failure': but({
    notice: { id: id(705), kind: 'failure', failure: { code: 'call_taken', details: { by: piotr.name } }, at: at(0) },
  }),
  panel: but({ panel }),
  'panel-live': but({ panel, call: current }),
  'panel-reading': but({ call: current, panel: { ...panel, thread: null, note: { ...panel.note, text: '', state: 'empty' } } }),
  'panel-waiting': but({
    line: { state: 'lost', address: 'https://calls.example.com', failure: { code: 'companion_unreachable' }, retryAt: at(40) },
    panel: { ...panel, note: { ...panel.note, state: 'waiting' } },
    unsent: 3,
  }),
  'panel-failed': but({
    panel: { ...panel, thread: null, failure: { code: 'not_found' }, note: { ...panel.note, text: '', state: 'empty' } },
  }),
  'panel-strained': but({ panel: { ...panel, thread: strainedDetail, threadId: strainedDetail.thread.id } }),
  ready: ready,
  away: but({ me: { ...me, wanted: false, status: 'away' } }),
  missed: but({ notifications }),
  'missed-many': but({
    notifications: Array.from({ length: 8 }, (_, index) => ({
      ...(notifications[index % 3] as (typeof notifications)[0]),
      id: id(800 + index),
    })),
  }),
  'no-seat': blocked('no-seat'),
  'microphone-unknown': blocked('microphone-unknown'),
  'microphone-refused': blocked('microphone-refused'),
  'voice-not-running': blocked('voice-not-running'),
  'voice-failed': but({ voice: { state: 'failed', failure: { code: 'voice_token_refused' } } }),
  lost: but({
    line: { state: 'lost', address: 'https://calls.example.com', failure: { code: 'companion_unreachable' }, retryAt: at(40) },
    unsent: 2,
  }),
  'connecting-line': but({ me: null, line: { state: 'connecting', address: 'https://calls.example.com', failure: null, retryAt: null } }),
  refused: but({
    line: { state: 'refused', address: 'https://calls.example.com', failure: { code: 'protocol_mismatch' }, retryAt: null },
  }),
  'signed-out': but({ me: null, line: { state: 'signed-out', address: null, failure: null, retryAt: null } }),
  'sign-in-refused': but({ me: null, line: { state: 'refused', address: null, failure: { code: 'user_disabled' }, retryAt: null } }),
} satisfies Record<string, Snapshot>

export type SnapshotName = keyof typeof snapshots

/** Names of snapshots for each surface. */
export const pilotStates = (Object.keys(snapshots) as SnapshotName[]).slice(0, Object.keys(snapshots).indexOf('ready'))
export const popupStates = [
  ...(Object.keys(snapshots) as SnapshotName[]).slice(Object.keys(snapshots).indexOf('ready')),
  'ringing',
  'live',
  'ended',
  'live-second-call',
  'taken',
] as const

export const user = anna
