import type { Me, User } from '../../utils/protocol/index.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { statusesOf } from './statuses.ts'

export const viewUser = ({ id, name, role, seat, language }: UserRow): User => ({ id, name, role, seat, language })

/** The signed-in user as every surface shows them. */
export async function viewMe(db: Reader, userId: string, now: Date): Promise<Me> {
  const user = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow()
  const { status, reason } = (await statusesOf(db, [userId], now)).get(userId) ?? { status: 'offline' as const, reason: null }
  const channels = await db
    .selectFrom('channels')
    .innerJoin('numbers', 'numbers.id', 'channels.number_id')
    .select(['channels.id', 'channels.name', 'numbers.e164 as number'])
    .where('channels.deleted_at', 'is', null)
    .where('channels.id', 'in', channelIdsOf(db, userId))
    .orderBy('channels.name')
    .execute()
  const admins = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .execute()
  return { user: viewUser(user), wanted: user.wanted, status, reason, channels, admins, at: now.toISOString() }
}

/** A subquery: the channels that a user belongs to, by themselves or through a team. */
export const channelIdsOf = (db: Reader, userId: string) =>
  db
    .selectFrom('channel_users')
    .select('channel_id')
    .where('user_id', '=', userId)
    .union(
      db
        .selectFrom('channel_teams')
        .innerJoin('team_members', 'team_members.team_id', 'channel_teams.team_id')
        .select('channel_teams.channel_id')
        .where('team_members.user_id', '=', userId),
    )

/**
 * Tells a user's browsers how they stand. Call it after any change of what a status is derived from. An event that says the same as the last is
 * left out only where the caller knows (`before`): what was told last is not stored.
 */
export async function emitMe(writer: Writer, userId: string, before?: Me): Promise<Me> {
  const me = await viewMe(writer.db, userId, writer.now)
  const same = before && JSON.stringify({ ...before, at: me.at }) === JSON.stringify(me)
  if (!same) await writer.emit([userId], { type: 'me-changed', me })
  return me
}

/** Who may grant a seat has changed: whoever lacks one sees the admins' names, and nobody else does. */
export async function emitAdmins(writer: Writer): Promise<void> {
  const seatless = await writer.db.selectFrom('users').select('id').where('seat', '=', false).where('disabled_at', 'is', null).execute()
  for (const { id } of seatless) await emitMe(writer, id)
}
