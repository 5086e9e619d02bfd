/**
 * Every route that the extension may call. The companion registers and checks exactly these; the extension's client is typed by them.
 * All but `signIn` and `resumeSession` want `authorization: Bearer <session token>`; all carry the protocol header. `:name` in a path is a parameter.
 * Commands are idempotent: repeating one with the same parameters changes nothing and answers the same.
 */
import { z } from 'zod'
import { adminRoutes } from './admin-routes.ts'
import { Call, Claim } from './calls.ts'
import { Me, User } from './people.ts'
import { Contact, Id, Instant, UserRef } from './primitives.ts'
import { Entry, NOTE_LIMIT, Thread, ThreadDetail } from './threads.ts'

const nothing = z.object({})

/** A P-256 public key as a JWK: what `crypto.subtle.exportKey('jwk', publicKey)` gives. */
export const SessionKey = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().max(64), y: z.string().max(64) })
export type SessionKey = z.infer<typeof SessionKey>

/** What is signed to resume a session. */
export const resumeText = (sessionId: string, at: string) => `ringside resume ${sessionId} ${at}`

export const routes = {
  /**
   * `link` is the secret part of a sign-in link, after the `#`. Single use, 24 h. `key` is the public half of a key pair that the browser made
   * for this session; its private half cannot be exported and stays in the browser's IndexedDB, so that no token is ever at rest on disk.
   */
  signIn: {
    method: 'POST',
    path: '/api/sign-in',
    body: z.object({ link: z.string().min(20).max(200), browser: z.string().max(120), key: SessionKey }),
    reply: z.object({ token: z.string(), sessionId: Id, user: User }),
  },
  /**
   * A fresh token for a session that was not revoked, after the browser restarted and its memory is gone. No bearer: `signature` is ECDSA P-256 with
   * SHA-256 (WebCrypto's IEEE P1363 form, base64url) over `resumeText(sessionId, at)`. `at` is within two minutes of the companion's clock and later than
   * that of the last resume, so a heard request cannot be replayed. The former token ends. Error: signed_out.
   */
  resumeSession: {
    method: 'POST',
    path: '/api/resume',
    body: z.object({ sessionId: Id, at: Instant, signature: z.string().max(200) }),
    reply: z.object({ token: z.string(), user: User }),
  },
  signOut: { method: 'POST', path: '/api/sign-out', body: nothing, reply: nothing },
  /** One use, 60 s, for the feed's socket: a token in an URL would end in logs. */
  takeSocketTicket: {
    method: 'POST',
    path: '/api/socket-ticket',
    body: nothing,
    reply: z.object({ ticket: z.string(), expiresAt: Instant }),
  },
  /** `edge` is where the SDK shall connect instead of Twilio's own edge (host:port, for the switchboard). Token life at most 1 h. */
  takeVoiceToken: {
    method: 'POST',
    path: '/api/voice-token',
    body: nothing,
    reply: z.object({ token: z.string(), expiresAt: Instant, edge: z.string().nullable() }),
  },
  setWanted: { method: 'PUT', path: '/api/me/wanted', body: z.object({ wanted: z.boolean() }), reply: Me },

  /** The guarded claim. Errors: call_taken {by}, call_over, unknown_call, no_seat, not_reachable. The winner asking again gets the same claim. */
  acceptCall: {
    method: 'POST',
    // The id is in the body: a browser asks leave for each new address of another origin first (CORS preflight), and here a round trip is a pause on the line.
    path: '/api/accept',
    body: z.object({ callId: Id, browserId: Id, epoch: z.int(), contact: Contact.nullable() }),
    reply: Claim,
  },
  declineCall: { method: 'POST', path: '/api/calls/:callId/decline', body: z.object({ epoch: z.int() }), reply: nothing },
  /** The intent to hang up; the companion ends both legs. */
  hangUpCall: { method: 'POST', path: '/api/calls/:callId/hang-up', body: z.object({ epoch: z.int() }), reply: Call },
  readCall: { method: 'GET', path: '/api/calls/:callId', body: null, reply: Call },

  /** Newest first. `before` is the updatedAt of the last one seen. */
  listThreads: {
    method: 'GET',
    path: '/api/threads',
    query: z.object({ before: Instant.optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
    body: null,
    reply: z.object({ threads: z.array(Thread), upTo: z.int(), more: z.boolean() }),
  },
  readThread: { method: 'GET', path: '/api/threads/:threadId', body: null, reply: ThreadDetail },
  /** Users who may own this thread: those of its channel. */
  listOwners: { method: 'GET', path: '/api/threads/:threadId/owners', body: null, reply: z.object({ owners: z.array(UserRef) }) },
  setOwner: { method: 'PUT', path: '/api/threads/:threadId/owner', body: z.object({ ownerId: Id.nullable() }), reply: Thread },
  setContact: { method: 'PUT', path: '/api/threads/:threadId/contact', body: z.object({ contact: Contact }), reply: Thread },
  /** Higher revision wins, the same or a lower one changes nothing; the reply is what is stored. */
  writeNote: {
    method: 'PUT',
    path: '/api/threads/:threadId/notes/:noteId',
    body: z.object({ text: z.string().max(NOTE_LIMIT), revision: z.int().min(1), callId: Id.nullable() }),
    reply: Entry,
  },
  clearNotification: { method: 'DELETE', path: '/api/notifications/:notificationId', body: null, reply: nothing },

  ...adminRoutes,
} as const

export type RouteName = keyof typeof routes
export type RouteReply<N extends RouteName> = z.infer<(typeof routes)[N]['reply']>
export type RouteBody<N extends RouteName> = (typeof routes)[N]['body'] extends z.ZodType ? z.infer<(typeof routes)[N]['body']> : null

/** `GET /api/recordings/:recordingId/audio` answers audio/wav or audio/mpeg with range support; it is not JSON, so not in the table. */
export const recordingPath = (recordingId: string) => `/api/recordings/${recordingId}/audio`

/** `GET /health`, without a session. */
export const Health = z.object({
  ok: z.boolean(),
  service: z.literal('ringside-companion'),
  version: z.string(),
  protocol: z.int(),
  store: z.enum(['pglite', 'postgresql']),
})
