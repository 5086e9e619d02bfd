import type { RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { RingsideError, type RouteName } from '../../utils/protocol/index.ts'
import { hashSecret } from '../people/secrets.ts'

/**
 * So many requests a minute: sign-in by address, because links could be guessed at; the rest by session, because browsers can go mad. Taking up a
 * session is by address too, but a signature cannot be guessed, and a whole office behind one address starts its browsers at nine. So is all that
 * asks the database before it knows who asks.
 */
const SIGN_INS = 10
const CALL_COMMANDS = 120
const OTHERS = 600

const callCommands: readonly RouteName[] = ['acceptCall', 'declineCall', 'hangUpCall', 'takeVoiceToken', 'takeSocketTicket']

interface Limited {
  rateLimit?: RateLimitOptions
}

const common = { timeWindow: 60_000, errorResponseBuilder: () => new RingsideError('too_many') }
const sessionOf = (request: FastifyRequest) => hashSecret(request.headers.authorization ?? request.ip)

/** For `config` of a route of the protocol. Tests may ask as often as they like. */
export function limits(name: RouteName, { test }: { test: boolean }): Limited {
  if (test) return {}
  if (name === 'signIn') return { rateLimit: { ...common, max: SIGN_INS } }
  if (name === 'resumeSession') return { rateLimit: { ...common, max: OTHERS } }
  const max = callCommands.includes(name) ? CALL_COMMANDS : OTHERS
  return { rateLimit: { ...common, max, keyGenerator: (request) => `${name}:${sessionOf(request)}` } }
}

/** For `config` of what is no route of the protocol. */
export function otherLimits(by: 'address' | 'session', { test }: { test: boolean }): Limited {
  if (test) return {}
  return { rateLimit: { ...common, max: OTHERS, ...(by === 'session' && { keyGenerator: sessionOf }) } }
}
