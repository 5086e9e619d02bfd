/** The SDK's errors in our catalogue. Codes: https://www.twilio.com/docs/api/errors */
import type { Failure } from '../../utils/messages.ts'

/** `code` of a TwilioError; the rest (DOMException of getUserMedia, a bug) has none. */
export function voiceFailure(error: unknown, otherwise: 'voice_failed' | 'media_failed'): Failure {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  // 31401 PermissionDenied; 31402 AcquisitionFailed: no device, or in use.
  if (code === 31401 || name === 'NotAllowedError') return { code: 'microphone_refused' }
  if (code === 31402 || name === 'NotFoundError') return { code: 'microphone_missing' }
  if (typeof code !== 'number') return { code: otherwise }
  const details = { twilio: String(code) }
  // 20101, 20104 and 312xx: the token. 53xxx and 310xx: the connection.
  if (code === 20101 || code === 20104 || (code >= 31201 && code <= 31209)) return { code: 'voice_token_refused', details }
  return { code: otherwise, details }
}
