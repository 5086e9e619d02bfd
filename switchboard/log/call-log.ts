/**
 * What the exchange did, in words, kept for `GET /control/log`. A test or a person reads here which verb ran, what was said,
 * which webhook went where and what came back. It holds the last 5000 lines and no voice.
 */
export type LogKind = 'call' | 'verb' | 'webhook' | 'conference' | 'rest' | 'fault' | 'clock' | 'error'

export interface LogEntry {
  /** The exchange's clock, ISO 8601. */
  at: string
  kind: LogKind
  text: string
  callSid?: string
  conferenceSid?: string
  /** Twilio's error code, on errors only. */
  code?: number
  /** HTTP status and duration in milliseconds, on webhooks only. */
  status?: number
  ms?: number
  url?: string
  event?: string
}

export interface CallLog {
  add(entry: Omit<LogEntry, 'at'>): void
  /** All lines, or those of one call or conference. */
  list(sid?: string): LogEntry[]
}

const KEEP = 5000

/** `print` gets one line for every error; the rest stays in memory. */
export function createCallLog(now: () => number, print: (line: string) => void): CallLog {
  let entries: LogEntry[] = []
  return {
    add(entry) {
      const line = { at: new Date(now()).toISOString(), ...entry }
      entries.push(line)
      if (entries.length > KEEP + 500) entries = entries.slice(-KEEP)
      if (entry.kind === 'error')
        print(`switchboard: ${entry.callSid ?? entry.conferenceSid ?? '-'} error ${entry.code ?? ''} ${entry.text}`)
    },
    list: (sid) => (sid ? entries.filter((entry) => entry.callSid === sid || entry.conferenceSid === sid) : [...entries]),
  }
}
