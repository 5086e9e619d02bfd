/** One leg's facts, as Twilio's Call resource shows them. Times are milliseconds since 1970 on the exchange's clock. */
export type CallStatus = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled'
export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed'

/** Where a leg's progress is told. */
export interface CallCallback {
  url: string
  method: 'GET' | 'POST'
  events: readonly string[]
}

export interface Call {
  sid: string
  accountSid: string
  from: string
  to: string
  direction: 'inbound' | 'outbound-api' | 'outbound-dial'
  status: CallStatus
  parentCallSid?: string
  phoneNumberSid?: string
  createdAt: number
  updatedAt: number
  startedAt?: number
  endedAt?: number
  /** What an SDK client gave to connect(); sent along with each voice webhook of this leg. */
  custom: Record<string, string>
  callback?: CallCallback
}

export const isOver = (call: Call): boolean => call.endedAt !== undefined

/** Whole seconds from answering to ending, rounded up as Twilio bills; 0 for a call that nobody answered. */
export function callSeconds(call: Call): number {
  if (call.startedAt === undefined || call.endedAt === undefined) return 0
  return Math.ceil((call.endedAt - call.startedAt) / 1000)
}
