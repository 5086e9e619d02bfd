/** People as an admin sees and changes them (PE1). Every change is made under the company's lock, where the rules about numbers of people hold. */
import { type Person, type PersonInput, RingsideError } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { statusesOf } from './statuses.ts'

/** By name. Without `ids`: everybody. */
export async function viewPeople(db: Reader, now: Date, ids?: readonly string[]): Promise<Person[]> {
  if (ids?.length === 0) return []
  const users = await db
    .selectFrom('users')
    .selectAll()
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
    .orderBy('name')
    .orderBy('id')
    .execute()
  const userIds = users.map((user) => user.id)
  const statuses = await statusesOf(db, userIds, now)
  const members = await db
    .selectFrom('team_members')
    .selectAll()
    .$if(ids !== undefined, (query) => query.where('user_id', 'in', ids ?? []))
    .orderBy('team_id')
    .execute()
  const teamsOf = Map.groupBy(members, (member) => member.user_id)
  const sessions = await db
    .selectFrom('sessions')
    .select('user_id')
    .distinct()
    .$if(ids !== undefined, (query) => query.where('user_id', 'in', ids ?? []))
    .execute()
  const signedIn = new Set(sessions.map((session) => session.user_id))
  return users.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    seat: user.seat,
    language: user.language,
    teamIds: (teamsOf.get(user.id) ?? []).map((member) => member.team_id),
    disabled: user.disabled_at !== null,
    status: statuses.get(user.id)?.status ?? 'offline',
    reason: statuses.get(user.id)?.reason ?? null,
    invited: !signedIn.has(user.id),
    joinedAt: user.created_at.toISOString(),
  }))
}

/** Error: not_found. */
export async function viewPerson(db: Reader, now: Date, userId: string): Promise<Person> {
  const [person] = await viewPeople(db, now, [userId])
  if (!person) throw new RingsideError('not_found')
  return person
}

/** What an admin set, as the audit log tells it. */
export const inputOf = ({ name, email, role, seat, language, teamIds }: Person): PersonInput => ({
  name,
  email,
  role,
  seat,
  language,
  teamIds,
})

/** Locked until the transaction ends; others may refer to them. Error: not_found. */
export async function lockUser(db: Reader, userId: string): Promise<UserRow> {
  const user = await db.selectFrom('users').selectAll().where('id', '=', userId).forNoKeyUpdate().executeTakeFirst()
  if (!user) throw new RingsideError('not_found')
  return user
}
