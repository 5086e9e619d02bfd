/** The funnel: whatever was thrown becomes a Failure that a view can show. */
import type { Failure } from './messages.ts'
import { type ErrorCode, RingsideError } from './protocol/index.ts'

/** `otherwise` names what was tried, for errors that are not ours. */
export function toFailure(error: unknown, otherwise: ErrorCode = 'internal'): Failure {
  if (error instanceof RingsideError) return { code: error.code, ...(error.details && { details: error.details }) }
  return { code: otherwise }
}
