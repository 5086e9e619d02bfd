import { DateTime } from 'luxon'

/** When a channel is open, by the clock on its wall. */
export interface WorkingHours {
  /** IANA, such as `Europe/Warsaw`. */
  timeZone: string
  /** Minutes since local midnight; `untilMinute` is exclusive and 1440 is midnight at the end. Weekday 1 is Monday. */
  ranges: readonly { weekday: number; fromMinute: number; untilMinute: number }[]
  /** Local days, `2026-12-25`, on which the channel is closed all day. */
  holidays: readonly string[]
}

/**
 * Whether the channel is open at this instant. The wall clock decides: an hour that is struck twice in autumn counts twice, one that is
 * skipped in spring not at all. Throws a RangeError for a zone that does not exist.
 */
export function isOpen(hours: WorkingHours, now: Date): boolean {
  const local = localTime(hours, now)
  if (hours.holidays.includes(local.toISODate() ?? '')) return false
  const minute = local.hour * 60 + local.minute
  return hours.ranges.some((range) => range.weekday === local.weekday && range.fromMinute <= minute && minute < range.untilMinute)
}

const MINUTE = 60_000
/** Far enough to see past a year of holidays. */
const DAYS_AHEAD = 400

/** The first instant after `now` at which `isOpen` gives another answer; null where none comes within 400 days. */
export function nextChange(hours: WorkingHours, now: Date): Date | null {
  if (hours.ranges.length === 0) return null
  const today = localTime(hours, now).startOf('day')
  for (let day = 0; day <= DAYS_AHEAD; day++) {
    const change = boundaries(hours, today.plus({ days: day })).find((each) => each > now.getTime() && changesAt(hours, each))
    if (change !== undefined) return new Date(change)
  }
  return null
}

function changesAt(hours: WorkingHours, at: number): boolean {
  return isOpen(hours, new Date(at)) !== isOpen(hours, new Date(at - 1))
}

/**
 * Every instant of one local day at which anything could change, in order. On the day of a change of the clock a wall time may come twice,
 * or never, so each is taken by both offsets, and the change itself is one more.
 */
function boundaries(hours: WorkingHours, day: DateTime): number[] {
  const end = day.plus({ days: 1 }).startOf('day')
  const minutes = [0, 1440, ...hours.ranges.flatMap((range) => [range.fromMinute, range.untilMinute])]
  const utcMidnight = Date.UTC(day.year, day.month - 1, day.day)
  const offsets = [...new Set([day.minus(1).offset, day.offset, end.offset])]
  const wall = offsets.flatMap((offset) => minutes.map((minute) => utcMidnight + (minute - offset) * MINUTE))
  const all = day.offset === end.offset ? wall : [...wall, clockChange(day, end)]
  return [...new Set(all)].sort((a, b) => a - b)
}

/** The minute between two instants at which the offset changes, by halving. */
function clockChange(from: DateTime, until: DateTime): number {
  let [low, high] = [from.toMillis(), until.toMillis()]
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
    if (DateTime.fromMillis(middle, { zone: from.zone }).offset === from.offset) low = middle
    else high = middle
  }
  return high
}

function localTime(hours: WorkingHours, now: Date): DateTime {
  const local = DateTime.fromJSDate(now, { zone: hours.timeZone })
  if (!local.isValid) throw new RangeError(`no such time zone: ${hours.timeZone}`)
  return local
}
