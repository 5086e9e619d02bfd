/** What only an admin may call; the rest as in routes.ts. Whoever is no admin gets not_allowed. */
import { z } from 'zod'
import { AuditLine, Company, Invitation, Person, PersonInput, Team } from './admin.ts'
import {
  ChannelDetail,
  ChannelSettings,
  ChannelSummary,
  Country,
  Draft,
  DraftStep,
  Greeting,
  Hours,
  OfferedNumber,
  OwnedNumber,
  RingPreview,
  TicketSettings,
  Wiring,
} from './channels.ts'
import { E164, Id, Instant, PartyNumber } from './primitives.ts'

const nothing = z.object({})
const admin = true

export const adminRoutes = {
  // channels
  listChannels: {
    admin,
    method: 'GET',
    path: '/api/admin/channels',
    body: null,
    reply: z.object({ channels: z.array(ChannelSummary), drafts: z.array(Draft) }),
  },
  readChannel: { admin, method: 'GET', path: '/api/admin/channels/:channelId', body: null, reply: ChannelDetail },
  /**
   * Saves only the given parts. Where another admin saved one of the same parts since `revision`: changed_meanwhile {by, at, parts}; nothing is saved,
   * and the client keeps what was typed. Other parts that changed meanwhile are no conflict.
   */
  saveChannel: {
    admin,
    method: 'PUT',
    path: '/api/admin/channels/:channelId',
    body: z.object({ revision: z.int(), settings: ChannelSettings.partial() }),
    reply: ChannelDetail,
  },
  setChannelEnabled: {
    admin,
    method: 'PUT',
    path: '/api/admin/channels/:channelId/enabled',
    body: z.object({ enabled: z.boolean() }),
    reply: ChannelDetail,
  },
  /** `typed` in any format that means the channel's number; else typed_wrong. The number stays owned. Calls in progress go on, threads stay. */
  deleteChannel: {
    admin,
    method: 'POST',
    path: '/api/admin/channels/:channelId/delete',
    body: z.object({ typed: z.string().max(60) }),
    reply: nothing,
  },
  /** The router's own path. With `settings`, for hours and people that are not saved yet. */
  whoWouldRing: {
    admin,
    method: 'POST',
    path: '/api/admin/who-would-ring',
    body: z.object({
      channelId: Id.nullable(),
      settings: z.object({ hours: Hours, userIds: z.array(Id), teamIds: z.array(Id) }).nullable(),
      at: Instant,
      from: PartyNumber,
    }),
    reply: RingPreview,
  },

  // the wizard. `draftId` is made in the browser, so that a doubled start is one draft.
  startDraft: { admin, method: 'PUT', path: '/api/admin/drafts/:draftId', body: nothing, reply: Draft },
  readDraft: { admin, method: 'GET', path: '/api/admin/drafts/:draftId', body: null, reply: Draft },
  /** As saveChannel: changed_meanwhile where another computer saved since `revision`. */
  saveDraft: {
    admin,
    method: 'PATCH',
    path: '/api/admin/drafts/:draftId',
    body: z.object({ revision: z.int(), step: DraftStep, settings: ChannelSettings.partial() }),
    reply: Draft,
  },
  /**
   * Buys the number for this draft, at most once however often it is asked: a draft that has bought one answers with that. Errors: number_gone (bought away
   * meanwhile), requirement_missing {kind}, voice_account_refused, voice_provider_busy.
   */
  claimNumber: {
    admin,
    method: 'POST',
    path: '/api/admin/drafts/:draftId/claim',
    body: z.object({ e164: E164, addressSid: z.string().nullable(), bundleSid: z.string().nullable() }),
    reply: Draft,
  },
  /** Only notes the choice; users of the number's present channel are removed at finishDraft, in its transaction. Null: undecided again. */
  chooseNumber: {
    admin,
    method: 'POST',
    path: '/api/admin/drafts/:draftId/choose',
    body: z.object({ numberId: Id.nullable() }),
    reply: Draft,
  },
  finishDraft: { admin, method: 'POST', path: '/api/admin/drafts/:draftId/finish', body: nothing, reply: ChannelDetail },
  /** A number that was bought for it stays owned. */
  discardDraft: { admin, method: 'DELETE', path: '/api/admin/drafts/:draftId', body: null, reply: nothing },

  // numbers
  listCountries: { admin, method: 'GET', path: '/api/admin/countries', body: null, reply: z.object({ countries: z.array(Country) }) },
  /** One number that can be had. `not` are those already shown ("show another"). Error: none_available. */
  suggestNumber: {
    admin,
    method: 'POST',
    path: '/api/admin/numbers/suggest',
    body: z.object({ country: z.string().length(2), prefix: z.string().regex(/^\d{0,9}$/), not: z.array(E164).max(200) }),
    reply: OfferedNumber,
  },
  listNumbers: { admin, method: 'GET', path: '/api/admin/numbers', body: null, reply: z.object({ numbers: z.array(OwnedNumber) }) },
  checkWiring: { admin, method: 'POST', path: '/api/admin/numbers/:numberId/check', body: nothing, reply: Wiring },
  repairWiring: { admin, method: 'POST', path: '/api/admin/numbers/:numberId/repair', body: nothing, reply: Wiring },
  /** Gives the number back to the provider; cannot be undone. Errors: typed_wrong, number_in_use {channel}. */
  releaseNumber: {
    admin,
    method: 'POST',
    path: '/api/admin/numbers/:numberId/release',
    body: z.object({ typed: z.string().max(60) }),
    reply: nothing,
  },

  // hearing. The ticket goes to the voice page, which connects with it (`listen`): what is heard is what a caller will hear.
  previewGreeting: { admin, method: 'POST', path: '/api/admin/greetings/preview', body: Greeting, reply: z.object({ ticket: z.string() }) },
  /** The admin's own phone page dials the channel as a caller would. */
  testCall: {
    admin,
    method: 'POST',
    path: '/api/admin/channels/:channelId/test-call',
    body: nothing,
    reply: z.object({ ticket: z.string() }),
  },
  /** WAV, 16 bit PCM, mono, 8–48 kHz, 0.5–120 s, base64; the browser has decoded whatever was chosen. Errors: upload_refused {why}, too_large. Loudness is made even here. */
  uploadGreeting: {
    admin,
    method: 'POST',
    path: '/api/admin/greetings/uploads',
    body: z.object({ uploadId: Id, wavBase64: z.string().max(16_000_000) }),
    reply: z.object({ uploadId: Id, seconds: z.number() }),
  },

  // company
  readTickets: { admin, method: 'GET', path: '/api/admin/tickets', body: null, reply: TicketSettings },
  saveTickets: { admin, method: 'PUT', path: '/api/admin/tickets', body: TicketSettings, reply: TicketSettings },
  readCompany: { admin, method: 'GET', path: '/api/admin/company', body: null, reply: Company },
  saveCompany: { admin, method: 'PUT', path: '/api/admin/company', body: Company.omit({ seatsUsed: true }), reply: Company },

  // people
  listPeople: {
    admin,
    method: 'GET',
    path: '/api/admin/people',
    body: null,
    reply: z.object({ people: z.array(Person), teams: z.array(Team), company: Company }),
  },
  /** `personId` is made in the browser. Errors: no_seat_left, email_taken. */
  invitePerson: {
    admin,
    method: 'PUT',
    path: '/api/admin/people/:personId',
    body: PersonInput,
    reply: z.object({ person: Person, invitation: Invitation }),
  },
  /** Errors: no_seat_left, email_taken, last_admin. */
  savePerson: { admin, method: 'PATCH', path: '/api/admin/people/:personId', body: PersonInput.partial(), reply: Person },
  makeLink: { admin, method: 'POST', path: '/api/admin/people/:personId/link', body: nothing, reply: Invitation },
  /** Ends sessions, sockets and live legs at once. Error: last_admin. */
  disablePerson: { admin, method: 'POST', path: '/api/admin/people/:personId/disable', body: nothing, reply: Person },
  enablePerson: { admin, method: 'POST', path: '/api/admin/people/:personId/enable', body: nothing, reply: Person },
  saveTeam: { admin, method: 'PUT', path: '/api/admin/teams/:teamId', body: Team.omit({ id: true }), reply: Team },
  deleteTeam: { admin, method: 'DELETE', path: '/api/admin/teams/:teamId', body: null, reply: nothing },
  listAudit: {
    admin,
    method: 'GET',
    path: '/api/admin/audit',
    query: z.object({ before: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    body: null,
    reply: z.object({ lines: z.array(AuditLine), more: z.boolean() }),
  },
} as const

type AdminRoutes = typeof adminRoutes
export type AdminReply<N extends keyof AdminRoutes> = z.infer<AdminRoutes[N]['reply']>
/** As it is sent: before defaults are filled in. */
export type AdminBody<N extends keyof AdminRoutes> = AdminRoutes[N]['body'] extends z.ZodType ? z.input<AdminRoutes[N]['body']> : null
