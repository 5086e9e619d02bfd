/**
 * The companion over HTTP, typed by the protocol's `routes`. Every failure is a RingsideError: the companion's own code, or
 * companion_unreachable (no answer), not_a_companion (an answer that is not ours), protocol_mismatch (ours, of another version).
 */
import type { z } from 'zod'
import { type Answer, blobOf, jsonOf, patientFetch } from './patient-fetch.ts'
import {
  ErrorReply,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  RingsideError,
  type RouteName,
  type RouteReply,
  recordingPath,
  routes,
} from './protocol/index.ts'

type Route<N extends RouteName> = (typeof routes)[N]
type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

export interface Parameters<N extends RouteName> {
  path: Record<Names<Route<N>['path']>, string>
  body: Route<N>['body'] extends z.ZodType ? z.input<Route<N>['body']> : null
  query?: Route<N> extends { query: z.ZodType } ? Partial<z.input<Route<N>['query']>> : undefined
}

export interface Client {
  call<N extends RouteName>(name: N, parameters: Parameters<N>): Promise<RouteReply<N>>
  /** A voicemail's sound. */
  recording(recordingId: string): Promise<Blob>
}

/** Milliseconds of silence after which a request counts as unanswered. */
const TIMEOUT = 10_000

/** Whether any server is at this address. One that is no companion lets nobody read its answers, which looks as if nobody were there. */
const somebodyAnswers = (address: string): Promise<boolean> =>
  fetch(new URL('/health', address), { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT) }).then(
    () => true,
    () => false,
  )

/** `address` is the companion's origin. `token` is asked for at each request, because it is renewed meanwhile. `silence`: for tests. */
export function createClient(address: string, token: () => string | null, silence = TIMEOUT): Client {
  async function send(method: string, path: string, body: unknown): Promise<Answer> {
    const bearer = token()
    const headers = new Headers({ [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) })
    if (bearer) headers.set('authorization', `Bearer ${bearer}`)
    if (body !== null) headers.set('content-type', 'application/json')
    const request = { method, headers, credentials: 'omit', ...(body !== null && { body: JSON.stringify(body) }) } as const
    // Nothing is kept from the cache: the companion says no-store. Saying it here too would make Chrome ask leave (CORS preflight) each time anew.
    const answer = await patientFetch(new URL(path, address), request, silence).catch(async (cause: unknown) => {
      const stranger = path === routes.signIn.path && (await somebodyAnswers(address))
      throw new RingsideError(stranger ? 'not_a_companion' : 'companion_unreachable', undefined, { cause })
    })
    if (!answer.ok) throw refusal(answer)
    return answer
  }

  return {
    async call<N extends RouteName>(name: N, { path, body, query }: Parameters<N>): Promise<RouteReply<N>> {
      const route = routes[name]
      const answer = await send(route.method, `${fill(route.path, path)}${search(query)}`, body)
      const reply = route.reply.safeParse(jsonOf(answer))
      if (!reply.success) throw otherVersion(answer) ?? new RingsideError('not_a_companion', undefined, { cause: reply.error })
      return reply.data as RouteReply<N>
    },
    recording: async (recordingId) => blobOf(await send('GET', recordingPath(recordingId), null)),
  }
}

const fill = (pattern: string, values: Record<string, string>) =>
  pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))

function search(query: Record<string, unknown> | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
}

/** The `date` header of a refusal, milliseconds: the companion's clock. */
class Refusal extends Error {
  readonly at: number

  constructor({ status, headers }: Answer) {
    super(`HTTP ${status}`)
    this.at = Date.parse(headers.get('date') ?? '')
  }
}

/** The companion's clock when it refused, or null where it did not say. */
export const refusedAt = (error: RingsideError): number | null =>
  error.cause instanceof Refusal && !Number.isNaN(error.cause.at) ? error.cause.at : null

/** What an answer that is not 2xx means. A proxy's 502–504 stands before a companion that is down. */
function refusal(answer: Answer): RingsideError {
  const reply = ErrorReply.safeParse(jsonOf(answer))
  if (reply.success) return new RingsideError(reply.data.error.code, reply.data.error.details, { cause: new Refusal(answer) })
  const other = otherVersion(answer)
  if (other) return other
  return new RingsideError(answer.status >= 502 && answer.status <= 504 ? 'companion_unreachable' : 'not_a_companion')
}

function otherVersion({ headers }: Answer): RingsideError | undefined {
  const theirs = headers.get(PROTOCOL_HEADER)
  if (theirs === null || theirs === String(PROTOCOL_VERSION)) return undefined
  return new RingsideError('protocol_mismatch', { extension: String(PROTOCOL_VERSION), companion: theirs })
}
