import { webcrypto } from 'node:crypto'
import { RingsideError, type RouteBody, type RouteReply, resumeText, type SessionKey } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'
import { viewUser } from './me.ts'
import { hashSecret, makeSecret } from './secrets.ts'

/** How far the browser's clock may be from ours. */
const SKEW_MS = 120_000

/** A fresh token for a browser that proves to hold the session's private key. The former token ends. Errors: signed_out, user_disabled. */
export async function resumeSession(
  { db, now }: Writer,
  { sessionId, at, signature }: RouteBody<'resumeSession'>,
): Promise<RouteReply<'resumeSession'>> {
  // Locked: of two that carry the same signature one must see the other's instant.
  const session = await db.selectFrom('sessions').selectAll().where('id', '=', sessionId).forUpdate().executeTakeFirst()
  const signedAt = new Date(at)
  if (!session || session.revoked_at) throw new RingsideError('signed_out')
  if (Math.abs(signedAt.getTime() - now.getTime()) > SKEW_MS) throw new RingsideError('signed_out')
  if (session.resumed_at && signedAt <= session.resumed_at) throw new RingsideError('signed_out')
  if (!(await isSignedBy(session.public_key, resumeText(sessionId, at), signature))) throw new RingsideError('signed_out')
  const user = await db.selectFrom('users').selectAll().where('id', '=', session.user_id).executeTakeFirstOrThrow()
  if (user.disabled_at) throw new RingsideError('user_disabled')
  const token = makeSecret()
  await db
    .updateTable('sessions')
    .set({ hash: hashSecret(token), resumed_at: signedAt, last_seen_at: now })
    .where('id', '=', sessionId)
    .execute()
  return { token, user: viewUser(user) }
}

async function isSignedBy(jwk: SessionKey, text: string, signature: string): Promise<boolean> {
  try {
    const { kty, crv, x, y } = jwk
    const key = await webcrypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    const bytes = Buffer.from(signature, 'base64url')
    return await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes, Buffer.from(text))
  } catch {
    // A key that is no point of the curve.
    return false
  }
}
