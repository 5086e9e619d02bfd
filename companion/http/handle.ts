/** Registers the routes of the protocol: each handler gets parsed input and a checked session, and answers what the protocol says. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  Id,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  RingsideError,
  type RouteBody,
  type RouteName,
  type RouteReply,
  routes,
} from '../../utils/protocol/index.ts'
import type { Companion } from '../parts.ts'
import { readSession, type SignedIn } from '../people/sessions.ts'
import { limits } from './limits.ts'

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type QueryOf<N extends RouteName> = (typeof routes)[N] extends { query: infer Q extends z.ZodType } ? z.infer<Q> : undefined

type SignedOutRoute = 'signIn' | 'resumeSession'
const isSignedOutRoute = (name: RouteName): name is SignedOutRoute => name === 'signIn' || name === 'resumeSession'

/** What a handler is given. `user` and `session` are those of the request's token; `signIn` and `resumeSession` have none. */
export type Input<N extends RouteName> = {
  params: { [P in ParamNames<(typeof routes)[N]['path']>]: string }
  query: QueryOf<N>
  body: RouteBody<N>
} & (N extends SignedOutRoute ? unknown : SignedIn)

export type Handler<N extends RouteName> = (input: Input<N>) => Promise<RouteReply<N>>
export type Handle = <N extends RouteName>(name: N, handler: Handler<N>) => void

interface AnyRoute {
  /** Only an admin may call it. */
  admin?: true
  method: string
  path: string
  query?: z.ZodType
  body: z.ZodType | null
  reply: z.ZodType
}

/** A channel with 1000 users, three greetings and a year of special days; and a recording in base64. */
const ADMIN_BYTES = 512 * 1024
const UPLOAD_BYTES = 16_100_000

/** `assertAll` throws where a route of the protocol has no handler. */
export function createHandle(server: FastifyInstance, companion: Companion): { handle: Handle; assertAll(): void } {
  const missing = new Set(Object.keys(routes) as RouteName[])
  return {
    handle(name, handler) {
      missing.delete(name)
      const route: AnyRoute = routes[name]
      server.route({
        method: route.method,
        url: route.path,
        config: { name, ...limits(name, companion.config) },
        ...(route.admin && { bodyLimit: name === 'uploadGreeting' ? UPLOAD_BYTES : ADMIN_BYTES }),
        handler: async (request) => {
          checkVersion(request)
          const signedIn = isSignedOutRoute(name) ? {} : await readSession(companion, request)
          if (route.admin && !isAdmin(signedIn)) throw new RingsideError('not_allowed')
          const input = { ...signedIn, ...parseRequest(route, request) }
          // The schemas of the same row made all of it.
          const reply = await handler(input as Input<typeof name>)
          return companion.config.test ? checkReply(name, route, reply) : reply
        },
      })
    },
    assertAll() {
      if (missing.size > 0) throw new Error(`routes of the protocol without a handler: ${[...missing].join(', ')}`)
    },
  }
}

const isAdmin = (signedIn: Partial<SignedIn>) => signedIn.user?.role === 'admin'

function checkVersion(request: FastifyRequest): void {
  const theirs = request.headers[PROTOCOL_HEADER]
  if (theirs === String(PROTOCOL_VERSION)) return
  throw new RingsideError('protocol_mismatch', { companion: String(PROTOCOL_VERSION), extension: String(theirs ?? 'none').slice(0, 20) })
}

function parseRequest(route: AnyRoute, request: FastifyRequest) {
  return {
    params: parse(z.record(z.string(), Id), request.params),
    query: route.query ? parse(route.query, request.query) : undefined,
    body: route.body ? parse(route.body, request.body ?? {}) : null,
  }
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const tooLong = parsed.error.issues.every((issue) => issue.code === 'too_big' && issue.origin === 'string')
  // Where it is wrong, never what it is.
  throw new RingsideError(tooLong ? 'too_large' : 'bad_request', { at: parsed.error.issues[0]?.path.join('.') ?? '' })
}

function checkReply(name: RouteName, route: AnyRoute, reply: unknown): unknown {
  const parsed = route.reply.safeParse(reply)
  if (!parsed.success) throw new Error(`the reply of ${name} is not what the protocol says: ${z.prettifyError(parsed.error)}`)
  return reply
}
