import { RingsideError, type RouteReply } from '../../utils/protocol/index.ts'
import { hashSecret, makeSecret } from '../people/secrets.ts'
import type { Writer } from '../store/store.ts'

/** A ticket is in an URL, and so perhaps in a proxy's log: it is of use once, and not for long. */
const TICKET_MS = 60_000

export async function makeTicket({ db, now }: Writer, sessionId: string): Promise<RouteReply<'takeSocketTicket'>> {
  const ticket = makeSecret()
  const expiresAt = new Date(now.getTime() + TICKET_MS)
  await db.deleteFrom('socket_tickets').where('expires_at', '<', now).execute()
  await db
    .insertInto('socket_tickets')
    .values({ hash: hashSecret(ticket), session_id: sessionId, expires_at: expiresAt })
    .execute()
  return { ticket, expiresAt: expiresAt.toISOString() }
}

/** Uses the ticket up. A browser that gets bad_request takes a new one; signed_out and user_disabled it need not try again. */
export async function useTicket({ db, now }: Writer, ticket: string): Promise<{ userId: string; sessionId: string }> {
  const used = await db
    .deleteFrom('socket_tickets')
    .where('hash', '=', hashSecret(ticket))
    .returning(['session_id', 'expires_at'])
    .executeTakeFirst()
  if (!used || used.expires_at <= now) throw new RingsideError('bad_request', { at: 'ticket' })
  const session = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['sessions.user_id', 'sessions.revoked_at', 'users.disabled_at'])
    .where('sessions.id', '=', used.session_id)
    .executeTakeFirstOrThrow()
  if (session.disabled_at) throw new RingsideError('user_disabled')
  if (session.revoked_at) throw new RingsideError('signed_out')
  return { userId: session.user_id, sessionId: used.session_id }
}
