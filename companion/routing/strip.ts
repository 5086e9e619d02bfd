import type { DateTime } from 'luxon'
import { boundaries, endOf, localDay, movedMinutes, openMinutes, toLocal } from './day.ts'
import { isOpen, type WorkingHours } from './hours.ts'

/** One local day of a channel, as an admin sees it (CH8). */
export interface StripDay {
  day: string
  /** `special`: a day with hours of its own, or a holiday. */
  kind: 'open' | 'closed' | 'special'
  /** Of the special day. */
  name: string | null
  /** When `isOpen` says yes on that day, in order; touching ones are one. */
  ranges: { from: Date; until: Date }[]
  /** Minutes by which the clock is moved on that day; null on most days. */
  clockChange: number | null
}

/** So many local days, from that of `from`. Throws a RangeError for a zone that does not exist. */
export function strip(hours: WorkingHours, from: Date, days: number): StripDay[] {
  const all: StripDay[] = []
  let start = toLocal(hours.timeZone, from).startOf('day')
  for (let count = 0; count < days; count++) {
    all.push(stripDay(hours, start))
    start = endOf(start)
  }
  return all
}

function stripDay(hours: WorkingHours, start: DateTime): StripDay {
  const local = localDay(start)
  const special = hours.specialDays.find((each) => each.day === local.day)
  const ranges = openRanges(hours, start)
  return {
    day: local.day,
    kind: special ? 'special' : ranges.length > 0 ? 'open' : 'closed',
    name: special?.name ?? null,
    ranges,
    clockChange: movedMinutes(start) || null,
  }
}

function openRanges(hours: WorkingHours, start: DateTime): StripDay['ranges'] {
  const [first, end] = [start.toMillis(), endOf(start).toMillis()]
  const inside = boundaries(start, openMinutes(hours, localDay(start))).filter((each) => each > first && each < end)
  const edges = [first, ...inside, end]
  const ranges: StripDay['ranges'] = []
  for (const [index, from] of edges.slice(0, -1).entries()) {
    if (!isOpen(hours, new Date(from))) continue
    const until = new Date(edges[index + 1] ?? end)
    const last = ranges.at(-1)
    if (last?.until.getTime() === from) last.until = until
    else ranges.push({ from: new Date(from), until })
  }
  return ranges
}
