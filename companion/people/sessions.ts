import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Selectable } from 'kysely'
import { RingsideError, type SessionKey } from '../../utils/protocol/index.ts'
import type { Companion } from '../parts.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { SessionsTable, UserRow } from '../store/tables.ts'
import { hashSecret, makeSecret } from './secrets.ts'

export interface SignedIn {
  user: UserRow
  session: Selectable<SessionsTable>
}

/** `last_seen_at` is written at most so often. */
const TOUCH_MS = 60_000

/** Returns the token: it is seen only now. `browser` is its own name for itself, for a list of sessions. */
export async function openSession(
  { db, now }: Writer,
  userId: string,
  { browser, key }: { browser: string; key: SessionKey },
): Promise<{ token: string; sessionId: string }> {
  const token = makeSecret()
  const sessionId = randomUUID()
  const row = { id: sessionId, hash: hashSecret(token), user_id: userId, browser, public_key: key, created_at: now, last_seen_at: now }
  await db.insertInto('sessions').values(row).execute()
  return { token, sessionId }
}

/** The session of a request's bearer token. Errors: signed_out, user_disabled. */
export async function readSession({ store, clock }: Pick<Companion, 'store' | 'clock'>, request: FastifyRequest): Promise<SignedIn> {
  const token = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  if (!token) throw new RingsideError('signed_out')
  const signedIn = await findSession(store.db, hashSecret(token))
  request.userId = signedIn.user.id
  const now = clock.now()
  if (now.getTime() - signedIn.session.last_seen_at.getTime() > TOUCH_MS) {
    await store.db.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', signedIn.session.id).execute()
  }
  return signedIn
}

async function findSession(db: Reader, hash: string): Promise<SignedIn> {
  const session = await db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!session) throw new RingsideError('signed_out')
  const user = await db.selectFrom('users').selectAll().where('id', '=', session.user_id).executeTakeFirstOrThrow()
  if (user.disabled_at) throw new RingsideError('user_disabled')
  if (session.revoked_at) throw new RingsideError('signed_out')
  return { user, session }
}

/** Ends one session, or all of a user's. Its sockets go with it: their browsers are taken off the companion that holds them. */
export async function revokeSessions({ db, now }: Writer, which: { sessionId: string } | { userId: string }): Promise<void> {
  const revoked = await db
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .where((eb) => ('sessionId' in which ? eb('id', '=', which.sessionId) : eb('user_id', '=', which.userId)))
    .returning('id')
    .execute()
  const ids = revoked.map(({ id }) => id)
  if (ids.length === 0) return
  await db.deleteFrom('socket_tickets').where('session_id', 'in', ids).execute()
  await db.deleteFrom('browsers').where('session_id', 'in', ids).execute()
}
