/** Working hours made up by chance, the same at every run: for tests of what holds for all of them. */
import type { Hours } from '../../utils/protocol/index.ts'

/** A small seeded generator (mulberry32): the same cases at every run. */
export function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, one: <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0] }
}

const ZONES = ['Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu', 'UTC'] as const
/** Days around the changes of the clock in those zones, and a quiet one. */
export const STARTS = [
  '2026-03-06',
  '2026-03-27',
  '2026-04-03',
  '2026-04-22',
  '2026-10-02',
  '2026-10-23',
  '2026-10-29',
  '2026-10-30',
  '2026-12-30',
] as const

/** Hours around `start`: several a day, over midnight, holidays, days of their own. They may overlap: hold them against `hoursProblem`. */
export function someHours({ below, one }: ReturnType<typeof seeded>, start: string): Hours {
  const time = () => `${String(below(24)).padStart(2, '0')}:${one(['00', '00', '15', '30', '45'])}`
  const day = (ahead: number) => new Date(Date.parse(start) + ahead * 86_400_000).toISOString().slice(0, 10)
  return {
    timeZone: one(ZONES),
    ranges: Array.from({ length: below(10) }, () => ({ weekday: 1 + below(7), from: time(), until: time() })),
    specialDays: [0, 1, 2, 3]
      .filter(() => below(3) === 0)
      .map((ahead) => ({
        day: day(ahead),
        name: 'A day',
        ranges: Array.from({ length: below(3) }, () => ({ from: time(), until: time() })),
      })),
  }
}
