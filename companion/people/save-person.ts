import { type Person, type PersonInput, RingsideError } from '../../utils/protocol/index.ts'
import { lockCompany } from '../company/company.ts'
import type { Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { audit, changed } from './audit.ts'
import { emitAdmins, emitMe } from './me.ts'
import { inputOf, lockUser, viewPerson } from './people.ts'
import { requireFreeEmail, requireKnown, requireOtherAdmin, requireSeat } from './rules.ts'

/**
 * Makes somebody whom nobody can be signed in as yet. Asked again with the same: the same person, `fresh` false. Errors: no_seat_left, email_taken,
 * bad_request where the id is somebody else's.
 */
export async function addPerson(
  writer: Writer,
  admin: UserRow,
  { id, ...input }: PersonInput & { id: string },
): Promise<{ person: Person; fresh: boolean }> {
  const { db, now } = writer
  const company = await lockCompany(writer)
  const known = await db.selectFrom('users').select('id').where('id', '=', id).executeTakeFirst()
  if (known) {
    const person = await viewPerson(db, now, id)
    const same = Object.keys(changed(inputOf(person), sorted(input)).after).length === 0
    if (!same || !person.invited || person.disabled) throw new RingsideError('bad_request', { at: 'personId' })
    return { person, fresh: false }
  }
  await requireFreeEmail(db, input.email, id)
  await requireKnown(db, 'teams', input.teamIds, 'teamIds')
  if (input.seat) requireSeat(company)
  const { teamIds, ...user } = input
  await db
    .insertInto('users')
    .values({ id, ...user, created_at: now })
    .execute()
  await joinTeams(writer, id, teamIds)
  const person = await viewPerson(db, now, id)
  await audit(writer, { by: admin.id, act: 'person-invited', subject: person.name, before: null, after: inputOf(person) })
  if (input.role === 'admin') await emitAdmins(writer)
  return { person, fresh: true }
}

/** Changes what is given. Errors: not_found, no_seat_left, email_taken, last_admin. */
export async function savePerson(writer: Writer, admin: UserRow, { id, ...wish }: Partial<PersonInput> & { id: string }): Promise<Person> {
  const { db, now } = writer
  const company = await lockCompany(writer)
  const user = await lockUser(db, id)
  const before = inputOf(await viewPerson(db, now, id))
  const after = sorted({ ...before, ...wish })
  if (after.email !== before.email) await requireFreeEmail(db, after.email, id)
  await requireKnown(db, 'teams', after.teamIds, 'teamIds')
  if (after.seat && !before.seat && user.disabled_at === null) requireSeat(company)
  if (before.role === 'admin' && after.role !== 'admin' && user.disabled_at === null) await requireOtherAdmin(db, id)
  if (Object.keys(changed(before, after).after).length === 0) return viewPerson(db, now, id)
  const { teamIds, ...columns } = after
  await db.updateTable('users').set(columns).where('id', '=', id).execute()
  await db.deleteFrom('team_members').where('user_id', '=', id).execute()
  await joinTeams(writer, id, teamIds)
  await audit(writer, { by: admin.id, act: 'person-saved', subject: after.name, before, after })
  await emitMe(writer, id)
  const known = ({ role, name }: PersonInput) => role === 'admin' && name
  if (known(before) !== known(after)) await emitAdmins(writer)
  return viewPerson(db, now, id)
}

const sorted = (input: PersonInput): PersonInput => ({ ...input, teamIds: [...new Set(input.teamIds)].sort() })

async function joinTeams({ db }: Writer, userId: string, teamIds: readonly string[]): Promise<void> {
  const rows = [...new Set(teamIds)].map((team_id) => ({ team_id, user_id: userId }))
  if (rows.length > 0) await db.insertInto('team_members').values(rows).execute()
}
