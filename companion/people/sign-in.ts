import { RingsideError, type RouteBody, type RouteReply } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'
import { viewUser } from './me.ts'
import { hashSecret, makeSecret } from './secrets.ts'
import { openSession } from './sessions.ts'

/** A link is good for a day. */
export const LINK_MS = 24 * 3600 * 1000

/**
 * A single-use sign-in link for this user. The secret is behind the `#`: browsers do not send that part, so it is in no server's log.
 */
export async function makeLink({ db, now }: Writer, userId: string, publicUrl: string): Promise<string> {
  const secret = makeSecret()
  await db
    .insertInto('sign_in_links')
    .values({ hash: hashSecret(secret), user_id: userId, expires_at: new Date(now.getTime() + LINK_MS) })
    .execute()
  return `${publicUrl}/sign-in#${secret}`
}

/** Uses a link up, by the secret part of it. Errors: link_expired (also for one that never was), user_disabled. */
export async function signIn(writer: Writer, { link: secret, browser, key }: RouteBody<'signIn'>): Promise<RouteReply<'signIn'>> {
  const { db, now } = writer
  const link = await db
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('hash', '=', hashSecret(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('user_id')
    .executeTakeFirst()
  if (!link) throw new RingsideError('link_expired')
  const user = await db.selectFrom('users').selectAll().where('id', '=', link.user_id).executeTakeFirstOrThrow()
  if (user.disabled_at) throw new RingsideError('user_disabled')
  return { ...(await openSession(writer, user.id, { browser, key })), user: viewUser(user) }
}
