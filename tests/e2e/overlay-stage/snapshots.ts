import type { Snapshot } from '../../../utils/messages.ts'
import type { Me } from '../../../utils/protocol/index.ts'

const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const at = '2026-11-22T08:00:00.000Z'

const me: Me = {
  user: { id: id(9), name: 'Alicja Nowak', role: 'agent', seat: true, language: 'en' },
  wanted: true,
  status: 'ready',
  reason: null,
  channels: [],
  admins: [],
  at,
}

/** Signed in and ready: the edge tab alone. */
export const ready: Snapshot = {
  line: { state: 'open', address: 'https://calls.example', failure: null, retryAt: null },
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

export const signedOut: Snapshot = { ...ready, line: { ...ready.line, state: 'signed-out' }, me: null }

/** Something must be said: the pilot is up. */
export const noticed: Snapshot = { ...ready, notice: { id: 'n', kind: 'declined', at } }

/** Notes are open: the panel. */
export const panelled: Snapshot = {
  ...ready,
  panel: { threadId: id(2), thread: null, note: { noteId: id(3), text: '', state: 'empty' }, failure: null },
}
