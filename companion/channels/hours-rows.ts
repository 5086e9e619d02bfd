/** Hours as an admin types them (`22:00`–`02:00`), and as the router reads them: minutes, with a range over midnight in two. */
import type { Hours, HoursRange } from '../../utils/protocol/index.ts'
import { DAY_MINUTES, type MinuteRange } from '../routing/day.ts'
import type { WorkingHours } from '../routing/hours.ts'

type WeekRange = WorkingHours['ranges'][number]

/** What is told of a channel's hours where they cannot be: which field, and why. */
export interface HoursProblem {
  /** Path within the hours: `ranges.2`. */
  at: string
  why: 'overlap' | 'no-such-zone' | 'from-midnight' | 'twice'
}

/** `24:00` is 1440. */
export function toMinute(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

/** Minutes below 1440, or 1440 itself, as `HH:MM`. */
export function toTime(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** `until` at or before `from` is in the next day: minutes over 1440. */
function toRange({ from, until }: { from: string; until: string }): MinuteRange {
  const [fromMinute, end] = [toMinute(from), toMinute(until)]
  return { fromMinute, untilMinute: end <= fromMinute ? end + DAY_MINUTES : end }
}

const toTyped = ({ fromMinute, untilMinute }: MinuteRange) => ({
  from: toTime(fromMinute),
  until: toTime(untilMinute > DAY_MINUTES ? untilMinute - DAY_MINUTES : untilMinute),
})

/** Over midnight becomes two, the second on the next weekday; touching midnight is one. */
function splitWeek({ weekday, ...typed }: HoursRange): WeekRange[] {
  const { fromMinute, untilMinute } = toRange(typed)
  if (untilMinute <= DAY_MINUTES) return [{ weekday, fromMinute, untilMinute }]
  const rest = { weekday: (weekday % 7) + 1, fromMinute: 0, untilMinute: untilMinute - DAY_MINUTES }
  return [{ weekday, fromMinute, untilMinute: DAY_MINUTES }, rest]
}

/** The two parts of a range over midnight are one again; so are two that were typed to the same effect. */
function joinWeek(ranges: readonly WeekRange[]): HoursRange[] {
  const left = [...ranges].sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute)
  const tails = new Set<WeekRange>()
  const joined = left.map((range) => {
    const tail = left.find(
      (other) =>
        range.untilMinute === DAY_MINUTES &&
        other.weekday === (range.weekday % 7) + 1 &&
        other.fromMinute === 0 &&
        other.untilMinute <= range.fromMinute,
    )
    if (tail) tails.add(tail)
    return {
      range,
      typed: { weekday: range.weekday, ...toTyped(tail ? { ...range, untilMinute: DAY_MINUTES + tail.untilMinute } : range) },
    }
  })
  return joined.filter(({ range }) => !tails.has(range)).map(({ typed }) => typed)
}

/** As the router reads them. Call `hoursProblem` before. */
export const toWorkingHours = ({ timeZone, ranges, specialDays }: Hours): WorkingHours => ({
  timeZone,
  ranges: ranges.flatMap(splitWeek),
  specialDays: specialDays.map(({ day, name, ranges: own }) => ({ day, name, ranges: own.map(toRange) })),
})

/** As an admin typed them, or to the same effect. */
export const toHours = ({ timeZone, ranges, specialDays }: WorkingHours): Hours => ({
  timeZone,
  ranges: joinWeek(ranges),
  specialDays: specialDays.map(({ day, name, ranges: own }) => ({ day, name, ranges: own.map(toTyped) })),
})

/** The first thing that cannot be, or undefined. */
export function hoursProblem(hours: Hours): HoursProblem | undefined {
  if (!isTimeZone(hours.timeZone)) return { at: 'timeZone', why: 'no-such-zone' }
  return weekProblem(hours.ranges) ?? specialProblem(hours)
}

function weekProblem(ranges: Hours['ranges']): HoursProblem | undefined {
  const seen: WeekRange[] = []
  for (const [index, range] of ranges.entries()) {
    if (range.from === '24:00') return { at: `ranges.${index}`, why: 'from-midnight' }
    const parts = splitWeek(range)
    if (parts.some((part) => seen.some((other) => other.weekday === part.weekday && overlap(other, part))))
      return { at: `ranges.${index}`, why: 'overlap' }
    seen.push(...parts)
  }
  return undefined
}

function specialProblem({ specialDays }: Hours): HoursProblem | undefined {
  const days = new Set<string>()
  for (const [index, { day, ranges }] of specialDays.entries()) {
    if (days.has(day)) return { at: `specialDays.${index}.day`, why: 'twice' }
    days.add(day)
    const minutes = ranges.map(toRange)
    for (const [place, range] of minutes.entries()) {
      const at = `specialDays.${index}.ranges.${place}`
      if (ranges[place]?.from === '24:00') return { at, why: 'from-midnight' }
      if (minutes.slice(0, place).some((other) => overlap(other, range))) return { at, why: 'overlap' }
    }
  }
  return undefined
}

const overlap = (a: MinuteRange, b: MinuteRange) => a.fromMinute < b.untilMinute && b.fromMinute < a.untilMinute

function isTimeZone(zone: string): boolean {
  try {
    // Offsets such as `+02:00` are known to Intl, but are no place: they have no summer.
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}
