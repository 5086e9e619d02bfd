/** Signing in, and taking the session up again after the browser restarted (docs/decisions/0002): a key that cannot be exported instead of a token on disk. */
import { cacheDatabase } from '../utils/cache-database.ts'
import { createClient, refusedAt } from '../utils/companion-client.ts'
import { RingsideError, resumeText, SessionKey } from '../utils/protocol/index.ts'
import { parseSignInLink } from '../utils/sign-in-link.ts'
import { guarded } from './cache.ts'
import type { Session } from './state.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** Uses up the link. Throws bad_link, link_expired, not_a_companion … */
export async function signIn(link: string): Promise<Session> {
  const { address, secret } = parseSignInLink(link)
  const keys = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
  const key = SessionKey.parse(await crypto.subtle.exportKey('jwk', keys.publicKey))
  const body = { link: secret, browser: browserName(navigator.userAgent), key }
  const { token, sessionId, user } = await createClient(address, () => null).call('signIn', { path: {}, body })
  await guarded(async () => (await cacheDatabase()).put('session', { address, sessionId, userId: user.id, keys }, 'current'))
  return { address, sessionId, userId: user.id, token }
}

/** The session that this browser keeps, without its token. */
export async function keptSession(): Promise<Session | null> {
  const kept = await guarded(async () => (await cacheDatabase()).get('session', 'current'))
  return kept ? { address: kept.address, sessionId: kept.sessionId, userId: kept.userId ?? null, token: null } : null
}

/** A fresh token, and whose session it opens. Throws signed_out where the session was ended meanwhile. */
export async function resumeSession(): Promise<{ sessionId: string; token: string }> {
  try {
    return await resumeAt(Date.now())
  } catch (error) {
    // A wrong clock looks like an ended session: the refusal says what time it is over there.
    const theirs = error instanceof RingsideError && error.code === 'signed_out' ? refusedAt(error) : null
    if (theirs === null || Math.abs(theirs - Date.now()) < CLOCK_TOLERANCE) throw error
    return resumeAt(theirs)
  }
}

/** The companion takes two minutes; within one the clock is not to blame. Milliseconds. */
const CLOCK_TOLERANCE = 60_000

async function resumeAt(now: number): Promise<{ sessionId: string; token: string }> {
  const kept = await guarded(async () => (await cacheDatabase()).get('session', 'current'))
  if (!kept) throw new RingsideError('signed_out')
  const { address, sessionId, keys } = kept
  const at = new Date(now).toISOString()
  const text = new TextEncoder().encode(resumeText(sessionId, at))
  const signature = base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, text))
  const { token } = await createClient(address, () => null).call('resumeSession', { path: {}, body: { sessionId, at, signature } })
  return { sessionId, token }
}

export async function forgetSession(): Promise<void> {
  await guarded(async () => (await cacheDatabase()).delete('session', 'current'))
}

const base64url = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** For the admin's list of sessions: which browser, on which system; not more than a person needs to tell theirs apart. */
export function browserName(userAgent: string): string {
  const browser = userAgent.match(/(?:Firefox|Edg|Chrome)\/\d+/)?.[0] ?? 'Browser'
  const system = userAgent.match(/\((?:X11; )?([^;)]+)/)?.[1] ?? ''
  return `${browser.replace('/', ' ').replace('Edg', 'Edge')} ${system}`.trim().slice(0, 120)
}
