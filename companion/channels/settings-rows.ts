/** A channel's settings between the protocol's shape and the tables. */
import type { ChannelSettings } from '../../utils/protocol/index.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { ChannelRow } from '../store/tables.ts'
import { readHours } from './channel.ts'
import { toHours, toWorkingHours } from './hours-rows.ts'
import { fillTicket } from './ticket.ts'

export async function readSettings(db: Reader, row: ChannelRow): Promise<ChannelSettings> {
  const users = await db
    .selectFrom('channel_users')
    .innerJoin('users', 'users.id', 'channel_users.user_id')
    .select('users.id')
    .where('channel_id', '=', row.id)
    .orderBy('users.name')
    .orderBy('users.id')
    .execute()
  const teams = await db
    .selectFrom('channel_teams')
    .innerJoin('teams', 'teams.id', 'channel_teams.team_id')
    .select('teams.id')
    .where('channel_id', '=', row.id)
    .orderBy('teams.name')
    .orderBy('teams.id')
    .execute()
  return {
    name: row.name,
    hours: toHours(await readHours(db, row)),
    userIds: users.map((user) => user.id),
    teamIds: teams.map((team) => team.id),
    ringSeconds: row.ring_seconds,
    greetings: row.greetings,
    ticket: fillTicket(row.ticket),
  }
}

/** Writes these parts, and nothing else. They were checked before. */
export async function writeSettings({ db }: Writer, channelId: string, parts: Partial<ChannelSettings>): Promise<void> {
  const columns = {
    ...(parts.name !== undefined && { name: parts.name }),
    ...(parts.hours && { time_zone: parts.hours.timeZone }),
    ...(parts.ringSeconds !== undefined && { ring_seconds: parts.ringSeconds }),
    ...(parts.greetings && { greetings: parts.greetings }),
    ...(parts.ticket && { ticket: parts.ticket }),
  }
  if (Object.keys(columns).length > 0) await db.updateTable('channels').set(columns).where('id', '=', channelId).execute()
  if (parts.hours) await writeHours(db, channelId, parts.hours)
  if (parts.userIds) {
    await db.deleteFrom('channel_users').where('channel_id', '=', channelId).execute()
    const rows = [...new Set(parts.userIds)].map((user_id) => ({ channel_id: channelId, user_id }))
    if (rows.length > 0) await db.insertInto('channel_users').values(rows).execute()
  }
  if (parts.teamIds) {
    await db.deleteFrom('channel_teams').where('channel_id', '=', channelId).execute()
    const rows = [...new Set(parts.teamIds)].map((team_id) => ({ channel_id: channelId, team_id }))
    if (rows.length > 0) await db.insertInto('channel_teams').values(rows).execute()
  }
}

async function writeHours(db: Writer['db'], channelId: string, typed: ChannelSettings['hours']): Promise<void> {
  const hours = toWorkingHours(typed)
  await db.deleteFrom('working_hours').where('channel_id', '=', channelId).execute()
  await db.deleteFrom('holidays').where('channel_id', '=', channelId).execute()
  const ranges = hours.ranges.map(({ weekday, fromMinute, untilMinute }) => ({
    channel_id: channelId,
    weekday,
    from_minute: fromMinute,
    until_minute: untilMinute,
  }))
  if (ranges.length > 0) await db.insertInto('working_hours').values(ranges).execute()
  const days = hours.specialDays.map(({ day, name, ranges: own }) => ({ channel_id: channelId, day, name, ranges: JSON.stringify(own) }))
  if (days.length > 0) await db.insertInto('holidays').values(days).execute()
}
