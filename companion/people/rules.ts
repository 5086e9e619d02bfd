/** What nobody may break, however many admins try at once: call these only under the company's lock. */
import { type Company, RingsideError } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'

/** One more seat is wanted. Error: no_seat_left. */
export function requireSeat({ seatLimit, seatsUsed }: Company): void {
  if (seatLimit !== null && seatsUsed >= seatLimit) throw new RingsideError('no_seat_left', { limit: String(seatLimit) })
}

/** Somebody other than this user must be an admin who can sign in. Error: last_admin. */
export async function requireOtherAdmin(db: Reader, userId: string): Promise<void> {
  const other = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .where('id', '!=', userId)
    .limit(1)
    .executeTakeFirst()
  if (!other) throw new RingsideError('last_admin')
}

/** Capitals make no other address. Error: email_taken. */
export async function requireFreeEmail(db: Reader, email: string | null, userId: string): Promise<void> {
  if (email === null) return
  const holder = await db
    .selectFrom('users')
    .select('name')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .where('id', '!=', userId)
    .executeTakeFirst()
  if (holder) throw new RingsideError('email_taken', { by: holder.name })
}

/** Error: bad_request {at} for the first that there is not. */
export async function requireKnown(db: Reader, kind: 'teams' | 'users' | 'uploads', ids: readonly string[], at: string): Promise<void> {
  if (ids.length === 0) return
  const rows = await db.selectFrom(kind).select('id').where('id', 'in', ids).execute()
  const known = new Set(rows.map((row) => row.id))
  const unknown = ids.findIndex((id) => !known.has(id))
  if (unknown >= 0) throw new RingsideError('bad_request', { at: `${at}.${unknown}`, why: 'unknown' })
}
