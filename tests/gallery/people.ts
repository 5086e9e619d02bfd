/** People, numbers and channels of the fixtures: one ordinary, one that strains the layout. */
import type { Call } from '../../utils/protocol/calls.ts'
import type { Me } from '../../utils/protocol/people.ts'
import type { Contact } from '../../utils/protocol/primitives.ts'

/** A UUID that is easy to tell: `id(7)`. */
export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** The gallery's now. Fixtures lie around the real one, so that timers run. */
export const start = Date.now()
/** An instant so many seconds from now; negative is past. */
export const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()

export const anna = { id: id(1), name: 'Anna Kowalska' }
export const piotr = { id: id(2), name: 'Piotr Zieliński' }
export const long = { id: id(3), name: 'Maximilian-Alexander Brzęczyszczykiewicz-Chrząszczyżewoszycki' }
export const admin = { id: id(4), name: 'Ewa Wiśniewska' }

export const support = { id: id(20), name: 'Support line' }
export const wide = { id: id(21), name: 'Obsługa klienta kluczowego i reklamacje – Polska północno-wschodnia' }

export const maria: Contact = {
  name: 'Maria Nowak',
  company: 'Nowak & Sons',
  number: '+48601234567',
  email: 'maria@nowak.example',
  url: 'https://crm.example/contacts/7',
}

export const strained: Contact = {
  name: 'Konstancja Przybyszewska-Szczebrzeszyńska von und zu Hohenstein',
  company: 'Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Źdźbło” Spółka z ograniczoną odpowiedzialnością',
  number: '+442079460958',
}

export const me: Me = {
  user: { ...anna, role: 'agent', seat: true, language: 'en' },
  wanted: true,
  status: 'ready',
  reason: null,
  channels: [
    { ...support, number: '+48225551234' },
    { ...wide, number: '+442079460123' },
  ],
  admins: [admin, long],
  at: at(0),
}

export const call: Call = {
  id: id(100),
  state: 'ringing',
  direction: 'inbound',
  channel: support,
  from: maria.number,
  to: '+48225551234',
  contact: null,
  epoch: 1,
  claimedBy: null,
  ringUntil: at(24),
  arrivedAt: at(-6),
  liveAt: null,
  endedAt: null,
  outcome: null,
  missedReason: null,
  threadId: id(200),
}
