import { invalid } from './errors.ts'
import type { Parameters } from './parameters.ts'

const DAY_MS = 86_400_000

/**
 * Twilio's date filters: `Name=2026-01-31` that day, `Name<=` before or on, `Name>=` on or after; also with a time of day (GMT).
 * The `twilio` package sends the last two as parameters called `Name<` and `Name>`.
 */
export function byDate(p: Parameters, name: string, ms: number | undefined): boolean {
  const on = readDate(p, name)
  const before = readDate(p, `${name}<`)
  const after = readDate(p, `${name}>`)
  if (on && (ms === undefined || ms < on.from || ms >= on.to)) return false
  if (before && (ms === undefined || ms >= before.to)) return false
  return !(after && (ms === undefined || ms < after.from))
}

/** The span that a date, or an instant of one second, covers. */
function readDate(p: Parameters, name: string): { from: number; to: number } | undefined {
  const text = p.text(name)
  if (!text) return undefined
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const from = Date.parse(whole ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(from)) throw invalid(name, text, 'must be a date such as 2026-01-31')
  return { from, to: from + (whole ? DAY_MS : 1000) }
}
