/** The tables of channels: numbers, working hours, holidays, and who belongs to them. */
import type { ColumnType, Generated } from 'kysely'
import type { Greetings, TicketSettings } from '../../utils/protocol/index.ts'
import type { Json, JsonOrDefault, SavedParts } from './admin-tables.ts'

/** A jsonb column that holds an array: it goes in as JSON text. */
type JsonArray<T> = ColumnType<T[], string | undefined, string>

export interface NumbersTable {
  id: string
  e164: string
  provider_sid: string | null
  country: string
  created_at: Date
  /** As last checked at the provider; null: never could be. */
  wired: ColumnType<boolean | null, boolean | null | undefined, boolean | null>
  released_at: Date | null
}

export interface ChannelsTable {
  id: string
  name: string
  number_id: string | null
  enabled: Generated<boolean>
  time_zone: string
  ring_seconds: Generated<number>
  greetings: Json<Greetings>
  created_at: Date
  deleted_at: Date | null
  revision: Generated<number>
  ticket: JsonOrDefault<Partial<TicketSettings>>
  saved_by: string | null
  saved_at: Date | null
  /** Which revision last changed each part, by whom and when (ISO). */
  parts: JsonOrDefault<SavedParts>
}

export interface WorkingHoursTable {
  channel_id: string
  weekday: number
  from_minute: number
  until_minute: number
}

export interface HolidaysTable {
  channel_id: string
  day: string
  name: string
  /** Open then; none: closed all day. Minutes since local midnight; `untilMinute` is exclusive and 1440 is midnight at the end. */
  ranges: JsonArray<{ fromMinute: number; untilMinute: number }>
}

export interface ChannelUsersTable {
  channel_id: string
  user_id: string
}

export interface ChannelTeamsTable {
  channel_id: string
  team_id: string
}
