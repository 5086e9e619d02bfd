import { pino } from 'pino'

/** Structured, and without personal data: ids and counts, never a name, a number, a note, a token or a query string. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** JSON lines on standard error: standard output is for people. */
export const createLog = (level: LogLevel): pino.Logger => pino({ level, base: undefined }, pino.destination(2))
