/** What an admin types by a channel's clock, held against a library that knows all zones. */
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { instantOf, nowIn } from '../../components/admin/when.ts'

const MINUTE = 60_000

describe.each([
  ['Europe/Warsaw', '2026-03-28T12:00', '2026-10-24T12:00'],
  ['America/New_York', '2026-03-07T12:00', '2026-10-31T12:00'],
  ['Australia/Lord_Howe', '2026-10-03T12:00', '2026-04-04T12:00'],
  ['Africa/Cairo', '2026-04-23T12:00', '2026-10-29T12:00'],
  ['Asia/Kathmandu', '2026-06-01T00:00', '2026-12-31T12:00'],
])('in %s', (zone, ...starts) => {
  const times = starts.flatMap((start) =>
    Array.from({ length: 24 * 2 }, (_, half) =>
      DateTime.fromISO(start, { zone: 'UTC' })
        .plus({ minutes: half * 30 })
        .toFormat("yyyy-MM-dd'T'HH:mm"),
    ),
  )
  const shown = (at: number) => DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm")

  test('every half hour around the clock’s changes is the instant at which the wall shows it, the first time', () => {
    for (const local of times) {
      const library = DateTime.fromISO(local, { zone }).toMillis()
      const first = [60, 30].map((minutes) => library - minutes * MINUTE).find((at) => shown(at) === local) ?? library
      expect([local, instantOf(local, zone)?.getTime()]).toEqual([local, first])
    }
  })
  test('now is what the wall shows', () => {
    for (const local of times) {
      const at = DateTime.fromISO(local, { zone }).toMillis()
      expect(nowIn(zone, at)).toBe(shown(at))
    }
  })
})

test('what is no time, or no zone, is no instant', () => {
  expect(instantOf('', 'Europe/Warsaw')).toBeNull()
  expect(instantOf('2026-11-22T09:30', 'Europe/Nowhere')).toBeNull()
})
