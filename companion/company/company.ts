/** Company-wide settings: the number of Service seats, and the countries that may be called. */
import { getCountries } from 'libphonenumber-js/max'
import { type Company, RingsideError } from '../../utils/protocol/index.ts'
import { audit } from '../people/audit.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { lockSetting, readSetting, writeSetting } from './settings.ts'

const KEY = 'company'

type Saved = Omit<Company, 'seatsUsed'>

const fill = (some: Partial<Saved>): Saved => ({ seatLimit: null, outboundCountries: [], ...some })

export async function readCompany(db: Reader): Promise<Company> {
  return { ...fill(await readSetting<Saved>(db, KEY)), seatsUsed: await seatsUsed(db) }
}

/**
 * As readCompany, and nobody else changes people or seats until the transaction ends: rules about how many there are (seats, admins) hold only
 * under this lock.
 */
export async function lockCompany(writer: Writer): Promise<Company> {
  const saved = await lockSetting<Saved>(writer, KEY)
  return { ...fill(saved), seatsUsed: await seatsUsed(writer.db) }
}

/** A limit below what is used takes nobody's seat; it only gives out no more. Error: bad_request {at} for a country that there is not. */
export async function saveCompany(writer: Writer, admin: UserRow, wish: Saved): Promise<Company> {
  const known: readonly string[] = getCountries()
  const unknown = wish.outboundCountries.findIndex((country) => !known.includes(country))
  if (unknown >= 0) throw new RingsideError('bad_request', { at: `outboundCountries.${unknown}`, why: 'unknown' })
  const { seatsUsed: used, ...before } = await lockCompany(writer)
  const after = { seatLimit: wish.seatLimit, outboundCountries: [...new Set(wish.outboundCountries)].sort() }
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    await writeSetting(writer, KEY, after)
    await audit(writer, { by: admin.id, act: 'company-saved', subject: '', before, after })
  }
  return { ...after, seatsUsed: used }
}

/** Whoever is switched off holds no seat meanwhile. */
async function seatsUsed(db: Reader): Promise<number> {
  const { used } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('used'))
    .where('seat', '=', true)
    .where('disabled_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(used)
}
