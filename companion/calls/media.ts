import type { FastifyInstance } from 'fastify'
import { paths } from './addresses.ts'
import { makeRingback } from './ringback.ts'

/** The ringing tone for Twilio, which keeps it: the first caller of the week waits for it, nobody else. */
export function registerMedia(app: FastifyInstance): void {
  const wav = makeRingback()
  app.get(paths.ringback, { config: { rateLimit: false } }, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=604800, immutable').type('audio/wav').send(wav),
  )
}
