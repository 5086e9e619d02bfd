import type { Greetings } from '../../utils/protocol/index.ts'
import { statusesOf } from '../people/statuses.ts'
import type { WorkingHours } from '../routing/hours.ts'
import type { RoutedUser } from '../routing/route.ts'
import type { Reader } from '../store/store.ts'
import type { ChannelRow } from '../store/tables.ts'
import { channelUserIds } from './channel-users.ts'

/** A channel as the router and the caller meet it. */
export interface Channel extends WorkingHours {
  id: string
  name: string
  enabled: boolean
  ringSeconds: number
  greetings: Greetings
}

/** The channel that this number belongs to; a deleted one is none. */
export async function findChannelOfNumber(db: Reader, e164: string): Promise<Channel | undefined> {
  const row = await db
    .selectFrom('channels')
    .innerJoin('numbers', 'numbers.id', 'channels.number_id')
    .selectAll('channels')
    .where('numbers.e164', '=', e164)
    .where('channels.deleted_at', 'is', null)
    .executeTakeFirst()
  return row && withHours(db, row)
}

/** Also a deleted one: its calls may still go on. */
export async function readChannel(db: Reader, channelId: string): Promise<Channel> {
  return withHours(db, await db.selectFrom('channels').selectAll().where('id', '=', channelId).executeTakeFirstOrThrow())
}

async function withHours(db: Reader, row: ChannelRow): Promise<Channel> {
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled && row.deleted_at === null,
    ringSeconds: row.ring_seconds,
    greetings: row.greetings,
    ...(await readHours(db, row)),
  }
}

/** When a channel is open, for the router. */
export async function readHours(db: Reader, row: Pick<ChannelRow, 'id' | 'time_zone'>): Promise<WorkingHours> {
  const ranges = await db.selectFrom('working_hours').selectAll().where('channel_id', '=', row.id).execute()
  const specialDays = await db
    .selectFrom('holidays')
    .select(['day', 'name', 'ranges'])
    .where('channel_id', '=', row.id)
    .orderBy('day')
    .execute()
  return {
    timeZone: row.time_zone,
    ranges: ranges.map((range) => ({ weekday: range.weekday, fromMinute: range.from_minute, untilMinute: range.until_minute })),
    specialDays,
  }
}

/** Everybody of the channel, by themselves or through a team, with their status at this instant. */
export async function readChannelUsers(db: Reader, channelId: string, now: Date): Promise<RoutedUser[]> {
  return readRoutedUsers(db, await channelUserIds(db, channelId), now)
}

/** These users as the router sees them; those that do not exist are left out. */
export async function readRoutedUsers(db: Reader, ids: readonly string[], now: Date): Promise<RoutedUser[]> {
  if (ids.length === 0) return []
  const users = await db.selectFrom('users').select(['id', 'name', 'created_at']).where('id', 'in', ids).execute()
  const statuses = await statusesOf(db, ids, now)
  return users.flatMap(({ id, name, created_at }) => {
    const status = statuses.get(id)
    return status ? [{ id, name, ...status, joinedAt: created_at }] : []
  })
}
