import type { Person } from '../../utils/protocol/index.ts'
import { lockCompany } from '../company/company.ts'
import type { Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { audit } from './audit.ts'
import { disableUser, type Release } from './disable.ts'
import { emitAdmins, emitMe } from './me.ts'
import { lockUser, viewPerson } from './people.ts'
import { requireOtherAdmin, requireSeat } from './rules.ts'

/**
 * Switches somebody off (PE3): sessions and sockets end, links they have not used are void. `release` gives up the calls they hold, in this
 * transaction: their callers are rung for the others. Errors: not_found, last_admin.
 */
export async function disablePerson(writer: Writer, admin: UserRow, { id, release }: { id: string; release: Release }): Promise<Person> {
  const { db, now } = writer
  await lockCompany(writer)
  const user = await lockUser(db, id)
  if (user.disabled_at !== null) return viewPerson(db, now, id)
  if (user.role === 'admin') await requireOtherAdmin(db, id)
  await disableUser(writer, id, release)
  await db.deleteFrom('sign_in_links').where('user_id', '=', id).where('used_at', 'is', null).execute()
  await db.deleteFrom('hearings').where('user_id', '=', id).execute()
  await audit(writer, { by: admin.id, act: 'person-disabled', subject: user.name, before: { disabled: false }, after: { disabled: true } })
  if (user.role === 'admin') await emitAdmins(writer)
  return viewPerson(db, now, id)
}

/** They need a new link to sign in. Errors: not_found, no_seat_left where the seat they had went to somebody else. */
export async function enablePerson(writer: Writer, admin: UserRow, id: string): Promise<Person> {
  const { db, now } = writer
  const company = await lockCompany(writer)
  const user = await lockUser(db, id)
  if (user.disabled_at === null) return viewPerson(db, now, id)
  if (user.seat) requireSeat(company)
  await db.updateTable('users').set({ disabled_at: null }).where('id', '=', id).execute()
  await audit(writer, { by: admin.id, act: 'person-enabled', subject: user.name, before: { disabled: true }, after: { disabled: false } })
  await emitMe(writer, id)
  if (user.role === 'admin') await emitAdmins(writer)
  return viewPerson(db, now, id)
}
