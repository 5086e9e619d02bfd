/** Numbers, durations and instants for people, in the language of the words. */
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Contact, PartyNumber } from './protocol/primitives.ts'
import { language, words } from './words.ts'

/** `+48601234567` → `+48 601 234 567`; a withheld number in words. */
export function phone(number: PartyNumber): string {
  if (number === 'anonymous') return words('anonymous')
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number
}

/** ISO 3166-1 codes of all countries that have telephone numbers. */
export const countryCodes = (): string[] => getCountries()

/** Who somebody is, in one line: a name where one is known, else the number. */
export function nameOf(contact: Contact | null, number: PartyNumber): string {
  return contact?.name ?? phone(number)
}

/** Seconds as a running clock: `0:07`, `12:30`, `1:02:03`. Never below zero: two machines' clocks differ. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** Seconds in words, for reading and for screen readers: `2m 5s`, `2 min 5 s`. Parts of a second only below one. */
export function duration(seconds: number): string {
  if (seconds < 1) return unit(Math.round(Math.max(0, seconds) * 1000), 'millisecond')
  const whole = Math.round(seconds)
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ] as const
  // Not Intl.ListFormat: in Polish it says "3 min i 45 s".
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, name]) => unit(amount, name))
    .join(' ')
}

function unit(amount: number, name: string): string {
  return new Intl.NumberFormat(language(), { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(amount)
}

/** An instant as short as it stays clear: the time today, `yesterday 14:05`, then the date with the year only where it is another one. */
export function when(instant: string, now = Date.now()): string {
  const date = new Date(instant)
  const today = new Date(now)
  const time = new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(date)
  const days = Math.round((midnight(today) - midnight(date)) / 86_400_000)
  if (days === 0) return time
  if (days === 1) return `${new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(-1, 'day')}, ${time}`
  const sameYear = date.getFullYear() === today.getFullYear()
  return new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) }).format(date)
}

/** The same for a column of a list: today the time, within the week the day, else the date. */
export function whenShort(instant: string, now = Date.now()): string {
  const date = new Date(instant)
  const days = Math.round((midnight(new Date(now)) - midnight(date)) / 86_400_000)
  if (days < 1 || days > 6) return when(instant, now)
  return new Intl.DateTimeFormat(language(), { weekday: 'short' }).format(date)
}

const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0)

/** An instant in full, for tooltips and headings. */
export function fullDate(instant: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeStyle: 'short' }).format(new Date(instant))
}

/** An instant to the second, for the ledger. */
export function timeOfDay(instant: string): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(new Date(instant))
}

/** `in 5 seconds`. */
export function secondsAhead(instant: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((Date.parse(instant) - now) / 1000))
  return new Intl.RelativeTimeFormat(language()).format(seconds, 'second')
}
