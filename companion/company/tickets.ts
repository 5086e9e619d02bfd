import { RingsideError, type TicketSettings } from '../../utils/protocol/index.ts'
import { DESK_TICKETS } from '../channels/next-ticket.ts'
import { fillTicket } from '../channels/ticket.ts'
import { audit, changed } from '../people/audit.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { lockSetting, readSetting, writeSetting } from './settings.ts'

/** What tickets of every channel get that sets nothing else (CH4). */
export async function readTickets(db: Reader): Promise<TicketSettings> {
  return fillTicket(await readSetting<TicketSettings>(db, DESK_TICKETS))
}

/** Error: bad_request {at} for an owner that there is not. */
export async function saveTickets(writer: Writer, admin: UserRow, after: TicketSettings): Promise<TicketSettings> {
  await checkOwner(writer.db, after.owner)
  const before = fillTicket(await lockSetting<TicketSettings>(writer, DESK_TICKETS))
  if (Object.keys(changed(before, after).after).length === 0) return after
  await writeSetting(writer, DESK_TICKETS, after)
  await audit(writer, { by: admin.id, act: 'tickets-saved', subject: '', before, after })
  return after
}

async function checkOwner(db: Reader, owner: TicketSettings['owner']): Promise<void> {
  if (owner === null || owner === 'answerer' || owner === 'nobody') return
  const user = await db.selectFrom('users').select('id').where('id', '=', owner).executeTakeFirst()
  if (!user) throw new RingsideError('bad_request', { at: 'owner', why: 'unknown' })
}
