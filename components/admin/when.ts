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
