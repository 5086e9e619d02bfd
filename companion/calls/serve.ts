import type { FastifyInstance } from 'fastify'
import { RingsideError } from '../../utils/protocol/index.ts'
import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { makeVoiceToken } from '../twilio/voice-token.ts'
import { type Calls, createCalls } from './calls.ts'
import { registerMedia } from './media.ts'
import { registerWebhooks } from './webhooks.ts'

export interface ServeCallsOptions {
  leaseSeconds?: number
}

/**
 * Serves calls: the routes, the webhooks, the ringing tone. Call `start()` of what it answers once the server listens; it ends when the
 * companion stops.
 */
export async function serveCalls(
  companion: Companion,
  handle: Handle,
  server: FastifyInstance,
  options: ServeCallsOptions = {},
): Promise<Calls> {
  const { config, store, clock, provider, log, stopping } = companion
  const calls = createCalls({ store, clock, provider, log, publicUrl: config.publicUrl, ...options })
  stopping.addEventListener('abort', calls.close, { once: true })

  handle('acceptCall', ({ user, body }) => calls.accept({ userId: user.id, ...body }))
  handle('declineCall', async ({ user, params, body }) => {
    await calls.decline({ callId: params.callId, userId: user.id, epoch: body.epoch })
    return {}
  })
  handle('hangUpCall', ({ user, params, body }) => calls.hangUp({ callId: params.callId, userId: user.id, epoch: body.epoch }))
  handle('readCall', ({ user, params }) => calls.read({ callId: params.callId, userId: user.id }))
  handle('takeVoiceToken', async ({ user }) => {
    // An admin without a seat listens to greetings; what the phone page may join is decided for each leg.
    if (!user.seat && user.role !== 'admin') throw new RingsideError('no_seat')
    return makeVoiceToken(config.twilio, user.id, clock.now())
  })

  registerMedia(server)
  await registerWebhooks(server, calls.parts, config.twilio.authToken)
  return calls
}
