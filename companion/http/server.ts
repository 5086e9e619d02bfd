import { randomUUID } from 'node:crypto'
import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../utils/protocol/index.ts'
import { funnelErrors } from './errors.ts'

/** The longest note is 20 000 characters, 60 kB at most. */
const BODY_BYTES = 64 * 1024

/** Where the extension's requests come from. Nothing else may read our answers; we set no cookies. */
export const isExtensionOrigin = (origin: string | undefined): boolean => /^(chrome|moz)-extension:\/\/[0-9a-z-]+$/.test(origin ?? '')

declare module 'fastify' {
  interface FastifyRequest {
    /** Set when the session is known; for the log. */
    userId?: string
  }
}

/** A server with what every route has: limits, headers, the error funnel, a log line without personal data. */
export async function createServer(log: FastifyBaseLogger): Promise<FastifyInstance> {
  const server: FastifyInstance = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    // A TLS proxy on the same machine is believed about who it speaks for, nobody else.
    trustProxy: 'loopback',
    forceCloseConnections: true,
  })
  funnelErrors(server)
  readBodies(server)
  await server.register(cors, {
    origin: (origin, decide) => decide(null, isExtensionOrigin(origin)),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'range', PROTOCOL_HEADER],
    exposedHeaders: [PROTOCOL_HEADER, 'date', 'content-range', 'accept-ranges'],
    // Chrome keeps it no longer.
    maxAge: 7200,
  })
  await server.register(rateLimit, { global: false })
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })
  server.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions
    request.log.info({ route, user: request.userId, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  return server
}

/** A command without a body is `{}`, also where the client says that it is JSON. */
function readBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body)
    if (text === '') return done(null, undefined)
    parse(request, text, (error, value) => done(error, unsavable.test(text) ? savable(value) : value))
  })
}

/** PostgreSQL saves neither NUL nor half a surrogate pair; in JSON both can only be written as escapes. */
const unsavable = /\\u(0000|d[89a-f])/i

function savable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(savable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, savable(each)]))
}
