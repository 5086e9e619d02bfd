/** The tables of what only an admin manages (teams, and migration 0003); the rest is in tables.ts. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { AuditLine, ChannelPart, ChannelSettings, DraftStep, Greeting } from '../../utils/protocol/index.ts'

/** A jsonb column. Only objects go in: drivers take a JavaScript array for an SQL array, and a string for JSON text. */
export type Json<T extends object> = ColumnType<T, T, T>
/** As Json, and the column has a default. */
export type JsonOrDefault<T extends object> = ColumnType<T, T | undefined, T>
/** Which save last changed each part of a channel's settings. */
export type SavedParts = Partial<Record<ChannelPart, { revision: number; by: string; at: string }>>

/** A half-finished wizard (CH7). */
export interface DraftsTable {
  id: string
  started_by: string
  step: DraftStep
  number_id: string | null
  how: Generated<'undecided' | 'claimed' | 'existing'>
  /** E.164 that the provider was, or is about to be, asked to buy for this draft. */
  claiming: string | null
  settings: Json<ChannelSettings>
  revision: Generated<number>
  parts: JsonOrDefault<SavedParts>
  updated_at: Date
  channel_id: string | null
  discarded_at: Date | null
}

export interface UploadsTable {
  id: string
  /** 8 kHz, mono, 16 bit. */
  wav: Buffer
  seconds: number
  by_user: string | null
  at: Date
}

export interface HearingsTable {
  hash: string
  user_id: string
  what: Json<{ greeting: Greeting } | { channelId: string }>
  expires_at: Date
}

export interface AuditTable {
  id: GeneratedAlways<number>
  at: Date
  by_user: string | null
  act: AuditLine['act']
  subject: string
  before: Json<Record<string, unknown>> | null
  after: Json<Record<string, unknown>> | null
}

export interface TeamsTable {
  id: string
  name: string
}

export interface TeamMembersTable {
  team_id: string
  user_id: string
}
