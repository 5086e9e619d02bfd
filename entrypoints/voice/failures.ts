/** The SDK's errors in our catalogue. Codes: https://www.twilio.com/docs/api/errors */
import type { Failure } from '../../utils/messages.ts'
import type { ErrorCode } from '../../utils/protocol/index.ts'

/** Codes that mean something of their own, whatever was being done. All others are that the phone, or the sound, did not come up. */
const known: [ErrorCode, number[]][] = [
  ['microphone_refused', [31401]],
  // No device, or another program holds it.
  ['microphone_missing', [31402]],
  ['voice_token_refused', [20101, 20104, 20151, 31102, 31104, 31201, 31202, 31203, 31204, 31205, 31207]],
  ['too_many', [31206]],
  // The TwiML App is gone: the admin's to mend.
  ['voice_provider_failed', [31001]],
]

/** Names of getUserMedia's own errors, which have no such code. */
const named: Record<string, ErrorCode> = {
  NotAllowedError: 'microphone_refused',
  NotFoundError: 'microphone_missing',
  NotReadableError: 'microphone_missing',
}

/** Never throws, whatever was thrown. */
export function voiceFailure(error: unknown, otherwise: 'voice_failed' | 'media_failed'): Failure {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  const byName = Object.hasOwn(named, String(name)) ? named[String(name)] : undefined
  // A DOMException has a number too, of another list.
  if (byName) return { code: byName }
  if (typeof code !== 'number') return { code: otherwise }
  const mine = known.find(([, codes]) => codes.includes(code))?.[0]
  if (mine === 'microphone_refused' || mine === 'microphone_missing') return { code: mine }
  return { code: mine ?? otherwise, details: { twilio: String(code) } }
}
