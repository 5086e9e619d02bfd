/** Working hours while they are edited. Pure. */
import type { Hours, HoursRange } from '../../utils/protocol/channels.ts'

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
const DAY = 24 * 60
const WEEK = 7 * DAY

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const written = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`

/** `until` at or before `from` is over midnight, so midnight itself can be written `00:00`, which a time field knows. */
export const shownUntil = (until: string) => (until === '24:00' ? '00:00' : until)

/** A stretch after the day's last one: one hour later, as long as it fits. */
export function addRange(hours: Hours, weekday: number): Hours {
  const last = hours.ranges.filter((range) => range.weekday === weekday).map(({ until }) => minutes(until))
  const from = last.length === 0 ? 9 * 60 : Math.min(Math.max(...last) + 60, 22 * 60)
  const until = last.length === 0 ? 17 * 60 : Math.min(from + 120, DAY - 1)
  return { ...hours, ranges: [...hours.ranges, { weekday, from: written(from), until: written(until) }] }
}

/** These hours instead, on every given day. */
export function copyDay(hours: Hours, from: number, to: readonly number[]): Hours {
  const own = hours.ranges.filter((range) => range.weekday === from)
  const others = hours.ranges.filter(({ weekday }) => weekday === from || !to.includes(weekday))
  return {
    ...hours,
    ranges: [...others, ...to.filter((day) => day !== from).flatMap((weekday) => own.map((range) => ({ ...range, weekday })))],
  }
}

/** Minutes of the week, from Monday's midnight; the end may lie beyond the week. */
function stretch({ weekday, from, until }: HoursRange): [number, number] {
  const start = (weekday - 1) * DAY + minutes(from)
  const length = minutes(until) - minutes(from)
  return [start, start + (length > 0 ? length : length + DAY)]
}

export type RangeProblem = 'empty' | 'overlap'

/** Index of a range → what is wrong with it. A night that reaches into the next day counts there too, Sunday's into Monday. */
export function rangeProblems(ranges: readonly HoursRange[]): Map<number, RangeProblem> {
  const problems = new Map<number, RangeProblem>()
  const stretches = ranges.map((range) => (range.from && range.until ? stretch(range) : null))
  stretches.forEach((one, index) => {
    if (!one) {
      problems.set(index, 'empty')
      return
    }
    const hits = stretches.some(
      (other, at) => other && at < index && [-WEEK, 0, WEEK].some((by) => one[0] < other[1] + by && other[0] + by < one[1]),
    )
    if (hits) problems.set(index, 'overlap')
  })
  return problems
}

export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const hoursAreRight = (hours: Hours): boolean =>
  isTimeZone(hours.timeZone) &&
  rangeProblems(hours.ranges).size === 0 &&
  hours.specialDays.every(
    ({ day, name, ranges }) =>
      day !== '' && name.trim() !== '' && rangeProblems(ranges.map((range) => ({ ...range, weekday: 1 }))).size === 0,
  )

/** The week in as few lines as it takes: days in a row that have the same hours are one. Days without any are left out. */
export function weekLines({ ranges }: Pick<Hours, 'ranges'>): { first: number; last: number; times: string[] }[] {
  const lines: { first: number; last: number; times: string[] }[] = []
  for (const day of WEEKDAYS) {
    const own = ranges.filter(({ weekday }) => weekday === day)
    const times = own.map(({ from, until }) => `${from}–${shownUntil(until)}`).sort()
    const before = lines.at(-1)
    if (before?.last === day - 1 && before.times.join() === times.join()) before.last = day
    else if (times.length > 0) lines.push({ first: day, last: day, times })
  }
  return lines
}
