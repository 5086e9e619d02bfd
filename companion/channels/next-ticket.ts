import type { TicketSettings } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'
import { effectiveTicket } from './ticket.ts'

/** The row of `settings` with the desk-wide ticket settings: a `TicketSettings`. */
export const DESK_TICKETS = 'tickets'

/** What a ticket of this channel gets now. `answerer`: who took the call, null where nobody did. */
export async function nextTicket(db: Reader, channelId: string, answerer: string | null): Promise<TicketSettings> {
  const channel = await db.selectFrom('channels').select('ticket').where('id', '=', channelId).executeTakeFirstOrThrow()
  const desk = await db.selectFrom('settings').select('value').where('key', '=', DESK_TICKETS).executeTakeFirst()
  return effectiveTicket(channel.ticket, (desk?.value ?? {}) as Partial<TicketSettings>, { answerer })
}
