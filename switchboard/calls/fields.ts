/** The form fields of voice webhooks, named and written as Twilio does. */
import { type Call, callSeconds } from './call.ts'

/** Every voice request of a leg has these. An SDK client's own parameters stand beside them and never replace them. */
export function callFields(call: Call): Record<string, string> {
  return {
    ...call.custom,
    ApiVersion: '2010-04-01',
    AccountSid: call.accountSid,
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: call.direction,
    From: call.from,
    Caller: call.from,
    To: call.to,
    Called: call.to,
    ...(call.parentCallSid ? { ParentCallSid: call.parentCallSid } : {}),
  }
}

/** A call-progress callback's fields. `at` in ms since 1970. */
export function statusFields(call: Call, sequence: number, at: number): Record<string, string> {
  const seconds = callSeconds(call)
  return {
    ...callFields({ ...call, custom: {} }),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequence),
    Timestamp: rfc2822(at),
    ...(call.endedAt === undefined ? {} : { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) }),
  }
}

/** `Mon, 02 Jan 2026 15:04:05 +0000` */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}
