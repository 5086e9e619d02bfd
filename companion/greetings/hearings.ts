/** Tickets with which an admin's phone page hears a greeting, or calls a channel, as a caller would. */
import { type Greeting, RingsideError } from '../../utils/protocol/index.ts'
import { requireKnown } from '../people/rules.ts'
import { hashSecret, makeSecret } from '../people/secrets.ts'
import type { Writer } from '../store/store.ts'

/** The page connects at once; whoever does not is told to press the button again. */
const TICKET_MS = 60_000

export type Heard = { greeting: Greeting } | { channelId: string }

async function makeTicket({ db, now }: Writer, userId: string, what: Heard): Promise<{ ticket: string }> {
  const ticket = makeSecret()
  await db.deleteFrom('hearings').where('expires_at', '<=', now).execute()
  await db
    .insertInto('hearings')
    .values({ hash: hashSecret(ticket), user_id: userId, what, expires_at: new Date(now.getTime() + TICKET_MS) })
    .execute()
  return { ticket }
}

/** Error: bad_request {at} for an upload that there is not, or a greeting in which there is nothing to hear. */
export async function previewGreeting(writer: Writer, userId: string, greeting: Greeting): Promise<{ ticket: string }> {
  if (greeting.uploadId === null && greeting.text.trim() === '') throw new RingsideError('bad_request', { at: 'text', why: 'empty' })
  if (greeting.uploadId !== null) await requireKnown(writer.db, 'uploads', [greeting.uploadId], 'uploadId')
  return makeTicket(writer, userId, { greeting })
}

/** Errors: not_found, draft_incomplete {missing} for a channel without a number. */
export async function testCall(writer: Writer, userId: string, channelId: string): Promise<{ ticket: string }> {
  const channel = await writer.db
    .selectFrom('channels')
    .select('number_id')
    .where('id', '=', channelId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!channel) throw new RingsideError('not_found')
  if (channel.number_id === null) throw new RingsideError('draft_incomplete', { missing: 'number' })
  return makeTicket(writer, userId, { channelId })
}

/** Uses a ticket up: what may be heard with it. Undefined for one that is over, was used, or is another user's. */
export async function useTicket({ db, now }: Writer, userId: string | undefined, ticket: string): Promise<Heard | undefined> {
  if (userId === undefined) return undefined
  const used = await db
    .deleteFrom('hearings')
    .where('hash', '=', hashSecret(ticket))
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .returning('what')
    .executeTakeFirst()
  return used?.what
}
