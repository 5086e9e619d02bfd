import { RingsideError, type Team } from '../../utils/protocol/index.ts'
import { movedMembers, tellMembers } from '../channels/tell-members.ts'
import { lockCompany } from '../company/company.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { audit, changed } from './audit.ts'
import { requireKnown } from './rules.ts'

/** By name. */
export async function viewTeams(db: Reader): Promise<Team[]> {
  const teams = await db.selectFrom('teams').selectAll().orderBy('name').orderBy('id').execute()
  const members = await db.selectFrom('team_members').selectAll().orderBy('user_id').execute()
  const byTeam = Map.groupBy(members, (member) => member.team_id)
  return teams.map((team) => ({ ...team, memberIds: (byTeam.get(team.id) ?? []).map((member) => member.user_id) }))
}

const findTeam = async (db: Reader, id: string) => (await viewTeams(db)).find((team) => team.id === id)

/** Makes or changes a team; its channels ring the new members from the next call on. Error: bad_request {at} for a member that there is not. */
export async function saveTeam(writer: Writer, admin: UserRow, wish: Team): Promise<Team> {
  const { db } = writer
  await lockCompany(writer)
  await requireKnown(db, 'users', wish.memberIds, 'memberIds')
  const before = await findTeam(db, wish.id)
  const after = { name: wish.name, memberIds: [...new Set(wish.memberIds)].sort() }
  if (before && Object.keys(changed({ ...before }, { ...before, ...after }).after).length === 0) return before
  await db
    .insertInto('teams')
    .values({ id: wish.id, name: after.name })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: after.name }))
    .execute()
  await db.deleteFrom('team_members').where('team_id', '=', wish.id).execute()
  const rows = after.memberIds.map((user_id) => ({ team_id: wish.id, user_id }))
  if (rows.length > 0) await db.insertInto('team_members').values(rows).execute()
  const shown = before && { name: before.name, memberIds: before.memberIds }
  await audit(writer, { by: admin.id, act: 'team-saved', subject: after.name, before: shown ?? null, after })
  await tellMembers(writer, movedMembers(before?.memberIds ?? [], after.memberIds))
  return { id: wish.id, ...after }
}

/** Its channels lose it, which an editor who has one of them open is told when they save (CH). Error: not_found. */
export async function deleteTeam(writer: Writer, admin: UserRow, id: string): Promise<void> {
  const { db, now } = writer
  await lockCompany(writer)
  const team = await findTeam(db, id)
  if (!team) throw new RingsideError('not_found')
  const channels = await db
    .selectFrom('channels')
    .selectAll()
    .where('id', 'in', db.selectFrom('channel_teams').select('channel_id').where('team_id', '=', id))
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id: channelId, revision, parts } of channels) {
    const part = { revision: revision + 1, by: admin.id, at: now.toISOString() }
    await db
      .updateTable('channels')
      .set({ revision: revision + 1, parts: { ...parts, teamIds: part }, saved_by: admin.id, saved_at: now })
      .where('id', '=', channelId)
      .execute()
  }
  await db.deleteFrom('teams').where('id', '=', id).execute()
  const before = { name: team.name, memberIds: team.memberIds, channels: channels.map((channel) => channel.name) }
  await audit(writer, { by: admin.id, act: 'team-deleted', subject: team.name, before, after: null })
  await tellMembers(writer, team.memberIds)
}
