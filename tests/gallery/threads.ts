/** Threads of the fixtures. */
import type { LedgerLine } from '../../utils/protocol/calls.ts'
import type { Entry, Notification, Thread, ThreadDetail } from '../../utils/protocol/threads.ts'
import { anna, at, id, long, maria, piotr, strained, support, wide } from './people.ts'

export const thread: Thread = {
  id: id(200),
  channel: support,
  number: maria.number,
  contact: maria,
  owner: anna,
  missed: false,
  open: true,
  preview: 'Wants the invoice for October again, as a PDF.',
  createdAt: at(-4000),
  updatedAt: at(-120),
  seq: 10,
}

const told = { toldAt: at(-3999.88), rangAt: at(-4000), settledAt: at(-3990) }
const untold = { toldAt: null, rangAt: null, settledAt: at(-4000) }

export const ledger: LedgerLine[] = [
  { user: anna, verdict: 'answered', reason: null, lostTo: null, ...told },
  { user: piotr, verdict: 'lost', reason: null, lostTo: anna, ...told },
  { user: long, verdict: 'declined', reason: null, lostTo: null, ...told },
  { user: { id: id(5), name: 'Tomasz Lis' }, verdict: 'timed-out', reason: null, lostTo: null, ...told, toldAt: null },
  { user: { id: id(6), name: 'Zofia Mazur' }, verdict: 'skipped', reason: 'microphone-refused', lostTo: null, ...untold },
  { user: { id: id(7), name: 'Jan Wójcik' }, verdict: 'skipped', reason: 'away', lostTo: null, ...untold },
  { user: { id: id(8), name: 'Ola Krawczyk' }, verdict: 'audio-failed', reason: null, lostTo: null, ...told },
]

const base = { threadId: thread.id, author: null, seq: 1 }

export const entries: Entry[] = [
  {
    ...base,
    id: id(300),
    type: 'call',
    at: at(-90_000),
    callId: id(101),
    direction: 'inbound',
    from: maria.number,
    to: '+48225551234',
    outcome: 'voicemail',
    missedReason: 'ring-time-over',
    seconds: null,
    ledger: ledger.slice(2, 6),
  },
  { ...base, id: id(301), type: 'voicemail', at: at(-89_960), callId: id(101), recordingId: id(400), seconds: 23 },
  { ...base, id: id(302), type: 'system', at: at(-86_000), author: piotr, event: 'owner-changed', details: { to: anna.name } },
  {
    ...base,
    id: id(303),
    type: 'call',
    at: at(-4000),
    author: anna,
    callId: id(100),
    direction: 'inbound',
    from: maria.number,
    to: '+48225551234',
    outcome: 'answered',
    missedReason: null,
    seconds: 225,
    ledger,
  },
  {
    ...base,
    id: id(304),
    type: 'note',
    at: at(-3900),
    author: anna,
    callId: id(100),
    text: 'Wants the invoice for October again, as a PDF.\nHer accountant needs it by Friday.\nhttps://files.example/a-very-long-address-without-any-place-to-break-it/2026/10/invoice-000123456789.pdf',
    revision: 4,
    editedAt: at(-3600),
  },
  { ...base, id: id(305), type: 'system', at: at(-3500), event: 'rang-again', details: {} },
  { ...base, id: id(306), type: 'system', at: at(-3400), event: 'found-afterwards', details: {} },
]

export const detail: ThreadDetail = { thread, entries }

const strainedThread: Thread = {
  ...thread,
  id: id(201),
  channel: wide,
  number: strained.number,
  contact: strained,
  owner: long,
  missed: true,
  preview: 'Reklamacja dotycząca trzech uszkodzonych przesyłek, klientka prosi o pilny kontakt jeszcze dziś przed południem.',
  updatedAt: at(-86_400),
}

export const strainedDetail: ThreadDetail = { thread: strainedThread, entries: entries.map((entry) => ({ ...entry, threadId: id(201) })) }

export const threads: Thread[] = [
  thread,
  strainedThread,
  { ...thread, id: id(202), number: 'anonymous', contact: null, owner: null, missed: true, preview: '', updatedAt: at(-200_000) },
  { ...thread, id: id(203), number: '+12025550123', contact: null, owner: piotr, open: false, updatedAt: at(-40_000_000) },
]

/** As many as the cache may hold. */
export const manyThreads = (count: number): Thread[] =>
  Array.from({ length: count }, (_, index) => ({
    ...(threads[index % threads.length] as Thread),
    id: id(10_000 + index),
    updatedAt: at(-index * 600),
  }))

export const notifications: Notification[] = threads.slice(0, 3).map((missed, index) => ({
  id: id(500 + index),
  kind: index === 1 ? 'voicemail' : 'missed-call',
  thread: missed,
  at: at(-600 - index * 50_000),
}))
