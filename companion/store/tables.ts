/**
 * The tables of migrations/ as types. Instants are Date, bigint is number, `date` is a string (`2026-12-24`), jsonb is what the protocol says.
 * Both databases give these same types (parsers.ts).
 */
import type { ColumnType, Generated, Selectable } from 'kysely'
import type {
  CallOutcome,
  CallState,
  Contact,
  Event,
  Language,
  LedgerVerdict,
  MissedReason,
  Notification,
  Role,
  SessionKey,
  SkipReason,
  TicketSettings,
} from '../../utils/protocol/index.ts'
import type {
  AuditTable,
  DraftsTable,
  HearingsTable,
  Json,
  JsonOrDefault,
  TeamMembersTable,
  TeamsTable,
  UploadsTable,
} from './admin-tables.ts'
import type {
  ChannelsTable,
  ChannelTeamsTable,
  ChannelUsersTable,
  HolidaysTable,
  NumbersTable,
  WorkingHoursTable,
} from './channel-tables.ts'

export interface SettingsTable {
  key: string
  value: Json<object>
}

export interface UsersTable {
  id: string
  name: string
  email: string | null
  role: Role
  language: Generated<Language>
  seat: Generated<boolean>
  wanted: Generated<boolean>
  audio_failed_at: Date | null
  disabled_at: Date | null
  created_at: Date
}

export interface SignInLinksTable {
  hash: string
  user_id: string
  expires_at: Date
  used_at: Date | null
}

export interface SessionsTable {
  id: string
  hash: string
  user_id: string
  browser: string
  created_at: Date
  last_seen_at: Date
  revoked_at: Date | null
  public_key: Json<SessionKey>
  resumed_at: Date | null
}

export interface SocketTicketsTable {
  hash: string
  session_id: string
  expires_at: Date
}

export interface BrowsersTable {
  id: string
  user_id: string
  session_id: string
  companion_id: string | null
  microphone: 'unknown' | 'granted' | 'refused' | 'missing'
  voice: 'stopped' | 'starting' | 'ready' | 'failed'
  seen_at: Date
}

export interface ThreadsTable {
  id: string
  channel_id: string
  number: string
  contact: Json<Contact> | null
  owner_id: string | null
  missed: Generated<boolean>
  open: Generated<boolean>
  preview: Generated<string>
  created_at: Date
  updated_at: Date
  seq: Generated<number>
  /** What its ticket was given when it was made (CH4). */
  ticket: JsonOrDefault<Partial<TicketSettings>>
}

export interface CallsTable {
  id: string
  provider_sid: string
  channel_id: string
  direction: 'inbound' | 'outbound'
  from_number: string
  to_number: string
  contact: Json<Contact> | null
  state: CallState
  epoch: Generated<number>
  claimed_by: string | null
  browser_id: string | null
  lease_until: Date | null
  ring_until: Date | null
  agent_sid: string | null
  conference_sid: string | null
  hang_up_by: string | null
  arrived_at: Date
  live_at: Date | null
  ended_at: Date | null
  outcome: CallOutcome | null
  missed_reason: MissedReason | null
  thread_id: string | null
  checked_at: Date
  /** The caller's leg is in the conference of this epoch. */
  caller_in: Generated<boolean>
  agent_in: Generated<boolean>
  /** The talk that ended because the agent's leg left by itself; `epoch` is that of their claim. */
  lost_talk: Json<LostTalk> | null
}

/** Instants in ISO. */
export interface LostTalk {
  userId: string
  epoch: number
  liveAt: string
  at: string
}

export interface LedgerTable {
  call_id: string
  user_id: string
  epoch: number
  verdict: LedgerVerdict
  reason: SkipReason | null
  lost_to: string | null
  rang_at: Date | null
  told_at: Date | null
  settled_at: Date | null
}

/** The part of an entry that its columns do not hold. A `call` has none: it is read from the call and its ledger. */
export interface NoteBody {
  text: string
  revision: number
  editedAt: string
}
export interface VoicemailBody {
  recordingId: string
  seconds: number
}
export interface SystemBody {
  event: 'owner-changed' | 'rang-again' | 'found-afterwards'
  details: Record<string, string>
}

export interface EntriesTable {
  id: string
  thread_id: string
  type: 'call' | 'note' | 'voicemail' | 'system'
  at: Date
  author_id: string | null
  call_id: string | null
  body: ColumnType<object, NoteBody | VoicemailBody | SystemBody | undefined, NoteBody | VoicemailBody | SystemBody>
  seq: Generated<number>
}

export interface RecordingsTable {
  id: string
  call_id: string
  provider_sid: string
  seconds: number
  created_at: Date
}

export interface NotificationsTable {
  id: string
  user_id: string
  kind: Notification['kind']
  thread_id: string
  call_id: string
  at: Date
  cleared_at: Date | null
}

export interface WebhooksTable {
  key: string
  answer: string
  at: Date
}

export interface FeedTable {
  single: Generated<boolean>
  seq: number
}

export interface EventsTable {
  seq: number
  at: Date
  /** Null: everybody. */
  users: string[] | null
  event: Json<Event>
}

export interface Tables {
  settings: SettingsTable
  users: UsersTable
  teams: TeamsTable
  team_members: TeamMembersTable
  sign_in_links: SignInLinksTable
  sessions: SessionsTable
  socket_tickets: SocketTicketsTable
  browsers: BrowsersTable
  numbers: NumbersTable
  channels: ChannelsTable
  working_hours: WorkingHoursTable
  holidays: HolidaysTable
  channel_users: ChannelUsersTable
  channel_teams: ChannelTeamsTable
  threads: ThreadsTable
  calls: CallsTable
  ledger: LedgerTable
  entries: EntriesTable
  recordings: RecordingsTable
  notifications: NotificationsTable
  webhooks: WebhooksTable
  feed: FeedTable
  events: EventsTable
  drafts: DraftsTable
  uploads: UploadsTable
  hearings: HearingsTable
  audit: AuditTable
}

export type UserRow = Selectable<UsersTable>
export type CallRow = Selectable<CallsTable>
export type LedgerRow = Selectable<LedgerTable>
export type ThreadRow = Selectable<ThreadsTable>
export type EntryRow = Selectable<EntriesTable>
export type ChannelRow = Selectable<ChannelsTable>
export type DraftRow = Selectable<DraftsTable>
export type NumberRow = Selectable<NumbersTable>
