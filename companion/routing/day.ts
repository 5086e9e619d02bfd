import { DateTime } from 'luxon'
import type { WorkingHours } from './hours.ts'

/** One stretch of a local day, in minutes since its midnight; `untilMinute` is exclusive. */
export interface MinuteRange {
  fromMinute: number
  untilMinute: number
}

/** Minutes of a wall clock's day. */
export const DAY_MINUTES = 1440
const MINUTE_MS = 60_000

/** A date and its weekday (ISO: 1 is Monday), on the wall calendar: no zone, no instant. */
export interface LocalDay {
  day: string
  weekday: number
}

/**
 * When the channel is open on one local date, by the wall clock. A special day is that date from midnight to midnight: it takes the place of the
 * weekday's ranges, also of what reaches into it from the weekday before. What a special day's own range reaches into the next date is open there,
 * whatever that date is.
 */
export function openMinutes(hours: WorkingHours, { day, weekday }: LocalDay): MinuteRange[] {
  const special = hours.specialDays.find((each) => each.day === day)
  const yesterday = dateBefore(day)
  const before = hours.specialDays.find((each) => each.day === yesterday)
  const own = special ? special.ranges : hours.ranges.filter((range) => range.weekday === weekday)
  const spilt = before?.ranges.filter(isOverMidnight) ?? []
  return [...own.map(untilMidnight), ...spilt.map(({ untilMinute }) => ({ fromMinute: 0, untilMinute: untilMinute - DAY_MINUTES }))]
}

const isOverMidnight = (range: MinuteRange) => range.untilMinute > DAY_MINUTES
const untilMidnight = ({ fromMinute, untilMinute }: MinuteRange) => ({ fromMinute, untilMinute: Math.min(untilMinute, DAY_MINUTES) })

/** `2026-12-31` of `2027-01-01`. */
const dateBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MINUTES * MINUTE_MS).toISOString().slice(0, 10)

/** Throws a RangeError for a zone that does not exist. */
export function toLocal(timeZone: string, at: Date | number): DateTime {
  const local = DateTime.fromMillis(at.valueOf(), { zone: timeZone })
  if (!local.isValid) throw new RangeError(`no such time zone: ${timeZone}`)
  return local
}

export const localDay = (local: DateTime): LocalDay => ({ day: local.toISODate() ?? '', weekday: local.weekday })

/**
 * Every instant of one local day at which anything could change, in order, in milliseconds. On the day of a change of the clock a wall time may come
 * twice, or never, so each is taken by both offsets, and the change itself is one more. `start` is the day's first instant.
 */
export function boundaries(start: DateTime, ranges: readonly MinuteRange[]): number[] {
  const end = endOf(start)
  const minutes = [0, DAY_MINUTES, ...ranges.flatMap((range) => [range.fromMinute, range.untilMinute])]
  const utcMidnight = Date.UTC(start.year, start.month - 1, start.day)
  const offsets = [...new Set([start.minus(1).offset, start.offset, end.offset])]
  const wall = offsets.flatMap((offset) => minutes.map((minute) => utcMidnight + (minute - offset) * MINUTE_MS))
  const all = start.offset === end.offset ? wall : [...wall, clockChange(start, end)]
  return [...new Set(all)].sort((a, b) => a - b)
}

/** The first instant of the next local day. */
export const endOf = (start: DateTime): DateTime => start.plus({ days: 1 }).startOf('day')

/** By how many minutes the clock is moved on this day: 60, -60, or 30 on Lord Howe Island; 0 on most days. */
export const movedMinutes = (start: DateTime): number => endOf(start).minus(1).offset - start.minus(1).offset

/** The minute between two instants at which the offset changes, by halving. */
function clockChange(from: DateTime, until: DateTime): number {
  let [low, high] = [from.toMillis(), until.toMillis()]
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS
    if (DateTime.fromMillis(middle, { zone: from.zone }).offset === from.offset) low = middle
    else high = middle
  }
  return high
}
