/** What the companion would answer to an admin's pages. */
import type { Admin, Ask } from '../../components/admin/ask.ts'
import type { AdminRouteName } from '../../utils/messages.ts'
import type { AuditLine, Person } from '../../utils/protocol/admin.ts'
import type {
  ChannelDetail,
  ChannelSettings,
  ChannelSummary,
  Draft,
  OfferedNumber,
  OwnedNumber,
  RingPreview,
} from '../../utils/protocol/channels.ts'
import { anna, at, admin as ewa, id, long, piotr, support, wide } from './people.ts'

const greeting = (text: string) => ({ text, language: 'en-GB', voice: 'Polly.Amy', uploadId: null })
const ticket = {
  pipeline: 'Support',
  status: null,
  priority: 'high',
  category: null,
  source: 'Phone',
  owner: null,
  properties: [],
} as const

export const settings: ChannelSettings = {
  name: support.name,
  hours: {
    timeZone: 'Europe/Warsaw',
    ranges: [
      ...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '17:00' })),
      { weekday: 5, from: '16:00', until: '20:00' },
      { weekday: 6, from: '22:00', until: '02:00' },
    ],
    specialDays: [{ day: '2026-12-24', name: 'Christmas Eve', ranges: [{ from: '09:00', until: '12:00' }] }],
  },
  userIds: [anna.id, piotr.id],
  teamIds: [id(900)],
  ringSeconds: 30,
  greetings: {
    inHours: greeting('Nobody can take your call right now. Please leave a message after the tone.'),
    afterHours: greeting('W tej chwili jest zamknięte. Prosimy zostawić wiadomość po sygnale.'),
    closed: greeting('This number is not in service at the moment.'),
  },
  ticket: { ...ticket, properties: [{ name: 'Region', value: 'North' }] },
}

const right = { ...settings, hours: { ...settings.hours, ranges: settings.hours.ranges.filter(({ from }) => from !== '16:00') } }

export const channelLines: ChannelSummary[] = [
  {
    ...support,
    number: '+48225551234',
    enabled: true,
    open: true,
    nextChange: at(3600),
    timeZone: 'Europe/Warsaw',
    users: 12,
    reachable: 5,
    callsNow: 2,
    wired: true,
  },
  {
    ...wide,
    number: '+442079460123',
    enabled: false,
    open: false,
    nextChange: at(90_000),
    timeZone: 'Europe/London',
    users: 3,
    reachable: 0,
    callsNow: 0,
    wired: false,
  },
]

export const draft: Draft = {
  id: id(910),
  step: 'routing',
  number: { how: 'undecided' },
  settings,
  revision: 1,
  startedBy: ewa,
  updatedAt: at(-4000),
  channelId: null,
}

const detail: ChannelDetail = { ...support, number: '+48225551234', enabled: true, revision: 4, savedBy: ewa, savedAt: at(-7200), settings }

const person = (who: { id: string; name: string }, change: Partial<Person> = {}): Person => ({
  ...who,
  email: `${who.name.split(' ')[0]?.toLowerCase()}@nowak.example`,
  role: 'agent',
  seat: true,
  language: 'pl',
  teamIds: [],
  disabled: false,
  status: 'ready',
  reason: null,
  invited: false,
  joinedAt: '2026-01-05T08:00:00.000Z',
  ...change,
})

export const people = [
  person(ewa, { role: 'admin', seat: false, status: 'offline' }),
  person(anna, { teamIds: [id(900)] }),
  person(piotr, { invited: true, status: 'offline', seat: false }),
  person(long, { disabled: true, status: 'offline' }),
]
export const teams = [{ id: id(900), name: 'Second line', memberIds: [anna.id, long.id] }]
const company = { seatLimit: 3, seatsUsed: 2, outboundCountries: ['PL', 'DE', 'GB'] }
export const offer: OfferedNumber = {
  e164: '+48221234567',
  country: 'PL',
  locality: 'Warszawa',
  capabilities: { voice: true, sms: true, mms: false, fax: false },
  monthly: { amount: '4.50', currency: 'USD' },
  requirements: [{ kind: 'bundle', where: null, existing: [] }],
}
const numbers: OwnedNumber[] = [
  { id: id(920), e164: '+48225551234', country: 'PL', channel: support, users: [anna, piotr, long], wired: true },
  { id: id(921), e164: '+442079460123', country: 'GB', channel: null, users: [], wired: false },
]
const day = (n: number) => at(n * 86_400).slice(0, 10)
export const preview: RingPreview = {
  outcome: 'ring',
  greeting: 'inHours',
  missedReason: null,
  lines: [
    { user: anna, verdict: 'ringing', reason: null },
    { user: piotr, verdict: 'skipped', reason: 'away' },
    { user: long, verdict: 'skipped', reason: 'no-seat' },
  ],
  contact: null,
  strip: Array.from({ length: 14 }, (_, n) => ({
    day: day(n),
    kind: n === 4 ? 'special' : n % 7 > 4 ? 'closed' : 'open',
    name: n === 4 ? 'Holiday' : null,
    ranges: n % 7 > 4 || n === 4 ? [] : [{ from: `${day(n)}T08:00:00.000Z`, until: `${day(n)}T16:00:00.000Z` }],
    clockChange: n === 6 ? -60 : null,
  })),
}
const lines: AuditLine[] = [
  {
    id: 9,
    at: at(-300),
    by: ewa,
    act: 'channel-saved',
    subject: support.name,
    before: { ringSeconds: 20, userIds: [anna.id] },
    after: { ringSeconds: 30, userIds: [anna.id, piotr.id] },
  },
  { id: 8, at: at(-4000), by: ewa, act: 'number-bought', subject: '+48225551234', before: null, after: null },
]

const answers: Partial<Record<AdminRouteName, unknown>> = {
  listChannels: { channels: channelLines, drafts: [draft] },
  readChannel: { ...detail, settings: right },
  saveChannel: detail,
  startDraft: draft,
  readDraft: draft,
  saveDraft: draft,
  listCountries: {
    countries: [
      { code: 'PL', callingCode: '48', areaCodes: false },
      { code: 'US', callingCode: '1', areaCodes: true },
      { code: 'GB', callingCode: '44', areaCodes: false },
    ],
  },
  suggestNumber: offer,
  listNumbers: { numbers },
  listPeople: { people, teams, company },
  readTickets: ticket,
  readCompany: company,
  listAudit: { lines, more: true },
  whoWouldRing: preview,
}

/** An admin whose companion answers so; routes that are not given fail. */
export const adminWith = (change: Partial<Record<AdminRouteName, unknown>> = {}): Admin => ({
  ask: (async (route: AdminRouteName) => {
    const answer = await { ...answers, ...change }[route]
    if (answer instanceof Error) throw answer
    if (answer === undefined) throw Object.assign(new Error(route), { failure: { code: 'companion_unreachable' } })
    return answer
  }) as Ask,
  go: () => {},
  listening: null,
  inCall: false,
  listen: () => {},
  stopListening: () => {},
  userId: ewa.id,
})
