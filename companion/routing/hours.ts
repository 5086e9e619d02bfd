import { boundaries, DAY_MINUTES, endOf, localDay, type MinuteRange, movedMinutes, openMinutes, toLocal } from './day.ts'

/** A local date with hours of its own, instead of its weekday's. */
export interface SpecialDay {
  /** `2026-12-24` */
  day: string
  name: string
  /** None: closed all day. `untilMinute` over 1440 reaches into the next date. */
  ranges: readonly MinuteRange[]
}

/** When a channel is open, by the clock on its wall. */
export interface WorkingHours {
  /** IANA, such as `Europe/Warsaw`. */
  timeZone: string
  /** Minutes since local midnight; `untilMinute` is exclusive and 1440 is midnight at the end: over midnight is two. Weekday 1 is Monday. */
  ranges: readonly (MinuteRange & { weekday: number })[]
  specialDays: readonly SpecialDay[]
}

/**
 * Whether the channel is open at this instant. The wall clock decides: an hour that is struck twice in autumn counts twice, one that is
 * skipped in spring not at all. Throws a RangeError for a zone that does not exist.
 */
export function isOpen(hours: WorkingHours, now: Date): boolean {
  const local = toLocal(hours.timeZone, now)
  const minute = local.hour * 60 + local.minute
  return openMinutes(hours, localDay(local)).some((range) => range.fromMinute <= minute && minute < range.untilMinute)
}

/** Far enough to see past a year of holidays. */
const DAYS_AHEAD = 400

/** The first instant after `now` at which `isOpen` gives another answer; null where none comes within 400 days. */
export function nextChange(hours: WorkingHours, now: Date): Date | null {
  const open = isOpen(hours, now)
  let start = toLocal(hours.timeZone, now).startOf('day')
  for (let day = 0; day <= DAYS_AHEAD; day++) {
    const ranges = openMinutes(hours, localDay(start))
    if (!isAll(ranges, open) || movedMinutes(start) !== 0) {
      const change = boundaries(start, ranges).find((each) => each > now.getTime() && isOpen(hours, new Date(each)) !== open)
      if (change !== undefined) return new Date(change)
    }
    start = endOf(start)
  }
  return null
}

/** Whether a day brings no change: open all of it, or closed all of it. */
const isAll = (ranges: readonly MinuteRange[], open: boolean) =>
  open ? ranges.some((range) => range.fromMinute === 0 && range.untilMinute === DAY_MINUTES) : ranges.length === 0
