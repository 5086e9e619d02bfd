import type { RateLimitOptions } from '@fastify/rate-limit'
import { RingsideError, type RouteName } from '../../utils/protocol/index.ts'
import { hashSecret } from '../people/secrets.ts'

/**
 * So many requests a minute: sign-in by address, because links could be guessed at; the rest by session, because browsers can go mad. Taking up a
 * session is by address too, but a signature cannot be guessed, and a whole office behind one address starts its browsers at nine.
 */
const SIGN_INS = 10
const CALL_COMMANDS = 120
const OTHERS = 600

const callCommands: readonly RouteName[] = ['acceptCall', 'declineCall', 'hangUpCall', 'takeVoiceToken', 'takeSocketTicket']

export function limits(name: RouteName): { rateLimit: RateLimitOptions } {
  const common = { timeWindow: 60_000, errorResponseBuilder: () => new RingsideError('too_many') }
  if (name === 'signIn') return { rateLimit: { ...common, max: SIGN_INS } }
  if (name === 'resumeSession') return { rateLimit: { ...common, max: OTHERS } }
  return {
    rateLimit: {
      ...common,
      max: callCommands.includes(name) ? CALL_COMMANDS : OTHERS,
      keyGenerator: (request) => `${name}:${hashSecret(request.headers.authorization ?? request.ip)}`,
    },
  }
}
