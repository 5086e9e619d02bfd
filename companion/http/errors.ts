import type { FastifyError, FastifyInstance } from 'fastify'
import { type ErrorCode, errors, RingsideError } from '../../utils/protocol/index.ts'
import { asStoreError } from '../store/failures.ts'

/** Fastify's own codes that have a place in the catalogue. */
const known: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
}

/** What travels for whatever was thrown. Pure. */
export function toRingsideError(error: unknown): RingsideError {
  const mapped = asStoreError(error)
  if (mapped instanceof RingsideError) return mapped
  const code = known[(error as FastifyError | null)?.code ?? '']
  if (code) return new RingsideError(code, undefined, { cause: error })
  if (error instanceof SyntaxError && (error as FastifyError).statusCode === 400)
    return new RingsideError('bad_request', undefined, { cause: error })
  return new RingsideError('internal', undefined, { cause: error })
}

/** One funnel for all errors: catalogue out, and a log line for those that are our fault. */
export function funnelErrors(server: FastifyInstance): void {
  server.setErrorHandler((error, request, reply) => {
    const ringside = toRingsideError(error)
    const { status } = errors[ringside.code]
    // Of an error only its name, code and stack: messages of a database quote values.
    if (status >= 500) request.log.error({ code: ringside.code, ...withoutData(ringside.cause ?? error) }, 'a request failed')
    reply.code(status).send(ringside.reply())
  })
  server.setNotFoundHandler((_request, reply) => {
    reply.code(404).send(new RingsideError('not_found').reply())
  })
}

/** An error for the log: its name, code and place, never its words. */
export function withoutData(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? []
  return { error: error.name, errorCode: (error as { code?: unknown }).code, at: frames.slice(0, 8).map((line) => line.trim()) }
}
