import { language, words } from '../../utils/words.ts'

/** `opens Monday 09:00`, in the channel's own time zone. */
export function nextChange(open: boolean, instant: string, timeZone: string): string {
  const at = new Intl.DateTimeFormat(language(), { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone }).format(
    new Date(instant),
  )
  return words(open ? 'hours_until' : 'hours_from', at)
}

/** The country's name in the admin's language. */
export const countryName = (code: string): string => new Intl.DisplayNames(language(), { type: 'region' }).of(code) ?? code

/** ISO weekday (1 is Monday) in the admin's language. */
export const weekdayName = (weekday: number, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(language(), { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 5, weekday)))

const DAY = 86_400_000

/** By how many milliseconds the wall clock of a zone is ahead of UTC at an instant. */
function ahead(timeZone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-u-hc-h23', { dateStyle: 'short', timeStyle: 'medium', timeZone })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(2000 + year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/**
 * When the clock on a zone's wall shows `local` (`2026-11-22T09:30`, as a date-and-time field has it). Struck twice in autumn: the first time. Skipped
 * in spring: as if the clock had not been moved yet. Null: no time, or no such zone.
 */
export function instantOf(local: string, timeZone: string): Date | null {
  const wall = Date.parse(`${local}Z`)
  if (Number.isNaN(wall)) return null
  try {
    const [before, after] = [wall - ahead(timeZone, wall - DAY), wall - ahead(timeZone, wall + DAY)]
    const shows = (at: number) => at + ahead(timeZone, at) === wall
    return new Date(!shows(before) && shows(after) ? after : before)
  } catch {
    return null
  }
}

/** What the clock on a zone's wall shows now, as a date-and-time field has it. */
export function nowIn(timeZone: string, now = Date.now()): string {
  try {
    return new Date(now + ahead(timeZone, now)).toISOString().slice(0, 16)
  } catch {
    return new Date(now).toISOString().slice(0, 16)
  }
}
