import { describe, expect, it } from 'vitest'
import { isOpen, nextChange, type WorkingHours } from '../../companion/routing/hours.ts'

const [MONDAY, SATURDAY, SUNDAY] = [1, 6, 7]
const at = (iso: string) => new Date(iso)

function hours(timeZone: string, ranges: [number, string, string][], holidays: string[] = []): WorkingHours {
  return {
    timeZone,
    specialDays: holidays.map((day) => ({ day, name: 'Holiday', ranges: [] })),
    ranges: ranges.map(([weekday, from, until]) => ({ weekday, fromMinute: minute(from), untilMinute: minute(until) })),
  }
}
function minute(clock: string): number {
  const [hour = 0, rest = 0] = clock.split(':').map(Number)
  return hour * 60 + rest
}

describe('open or closed', () => {
  const office = hours('Europe/Warsaw', [
    [MONDAY, '09:00', '12:00'],
    [MONDAY, '13:00', '17:00'],
  ])
  // 2026-11-23 is a Monday; Warsaw is UTC+1.
  it.each([
    ['2026-11-23T07:59:59Z', false, 'a second before nine'],
    ['2026-11-23T08:00:00Z', true, 'nine'],
    ['2026-11-23T10:59:59Z', true, 'a second before noon'],
    ['2026-11-23T11:00:00Z', false, 'noon: the range does not include its end'],
    ['2026-11-23T11:59:00Z', false, 'the lunch break'],
    ['2026-11-23T12:00:00Z', true, 'after lunch'],
    ['2026-11-24T09:00:00Z', false, 'Tuesday'],
  ])('%s is %s: %s', (instant, open) => expect(isOpen(office, at(instant))).toBe(open))

  it('is open through midnight where one range ends and the next begins there', () => {
    const night = hours('Europe/Warsaw', [
      [SATURDAY, '20:00', '24:00'],
      [SUNDAY, '00:00', '02:00'],
    ])
    expect(isOpen(night, at('2026-11-28T22:59:59.999Z'))).toBe(true)
    expect(isOpen(night, at('2026-11-28T23:00:00Z'))).toBe(true)
    expect(isOpen(night, at('2026-11-29T01:00:00Z'))).toBe(false)
    expect(nextChange(night, at('2026-11-28T22:00:00Z'))).toEqual(at('2026-11-29T01:00:00Z'))
  })

  it('is closed all day on a holiday, by the channel’s own date', () => {
    const always = hours('America/New_York', [[MONDAY, '00:00', '24:00']], ['2026-11-23'])
    expect(isOpen(always, at('2026-11-23T12:00:00Z'))).toBe(false)
    // In UTC it is Tuesday already; in New York the holiday lasts until 05:00 UTC.
    expect(
      isOpen({ ...always, ranges: [...always.ranges, { weekday: 2, fromMinute: 0, untilMinute: 1440 }] }, at('2026-11-24T04:59:00Z')),
    ).toBe(false)
    expect(
      isOpen({ ...always, ranges: [...always.ranges, { weekday: 2, fromMinute: 0, untilMinute: 1440 }] }, at('2026-11-24T05:00:00Z')),
    ).toBe(true)
  })

  it('refuses a zone that does not exist', () => {
    expect(() => isOpen(hours('Europe/Warszawa', []), at('2026-11-23T08:00:00Z'))).toThrow(RangeError)
  })
})

describe('when clocks change', () => {
  // [zone, weekday, from, until, instant, open]
  it.each([
    // Warsaw, spring: 02:00 → 03:00 on 2026-03-29 at 01:00 UTC. The range loses an hour.
    ['Europe/Warsaw', '01:00', '03:30', '2026-03-29T00:59:00Z', true],
    ['Europe/Warsaw', '01:00', '03:30', '2026-03-29T01:29:00Z', true],
    ['Europe/Warsaw', '01:00', '03:30', '2026-03-29T01:30:00Z', false],
    // Warsaw, autumn: 03:00 → 02:00 on 2026-10-25 at 01:00 UTC. Half past two comes twice.
    ['Europe/Warsaw', '02:00', '02:45', '2026-10-25T00:30:00Z', true],
    ['Europe/Warsaw', '02:00', '02:45', '2026-10-25T00:50:00Z', false],
    ['Europe/Warsaw', '02:00', '02:45', '2026-10-25T01:30:00Z', true],
    ['Europe/Warsaw', '02:00', '02:45', '2026-10-25T01:45:00Z', false],
    // New York, spring: 02:00 → 03:00 on 2026-03-08 at 07:00 UTC.
    ['America/New_York', '02:00', '03:00', '2026-03-08T07:00:00Z', false],
    ['America/New_York', '01:00', '04:00', '2026-03-08T07:59:00Z', true],
    ['America/New_York', '01:00', '04:00', '2026-03-08T08:00:00Z', false],
    // Lord Howe changes by half an hour: 02:00 → 02:30 on 2026-10-04 at 15:30 UTC of the day before (UTC+10:30).
    ['Australia/Lord_Howe', '01:00', '02:45', '2026-10-03T15:29:00Z', true],
    ['Australia/Lord_Howe', '01:00', '02:45', '2026-10-03T15:44:00Z', true],
    ['Australia/Lord_Howe', '01:00', '02:45', '2026-10-03T15:45:00Z', false],
    // and back, 02:00 → 01:30 on 2026-04-05 at 15:00 UTC of the day before.
    ['Australia/Lord_Howe', '01:30', '01:45', '2026-04-04T14:35:00Z', true],
    ['Australia/Lord_Howe', '01:30', '01:45', '2026-04-04T15:10:00Z', true],
    ['Australia/Lord_Howe', '01:30', '01:45', '2026-04-04T15:20:00Z', false],
  ])('%s %s–%s at %s: %s', (zone, from, until, instant, open) => {
    expect(isOpen(hours(zone, [[SUNDAY, from, until]]), at(instant))).toBe(open)
  })

  it.each([
    [
      'a range that begins in the hour that is skipped begins at the change',
      'Europe/Warsaw',
      '02:30',
      '04:00',
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    ['a range that ends in it ends at the change', 'Europe/Warsaw', '01:00', '02:30', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z'],
    ['the second half past two opens again', 'Europe/Warsaw', '02:15', '02:45', '2026-10-25T00:50:00Z', '2026-10-25T01:15:00Z'],
    ['Lord Howe opens again after its half hour', 'Australia/Lord_Howe', '01:30', '01:45', '2026-04-04T14:50:00Z', '2026-04-04T15:00:00Z'],
    ['New York closes an hour sooner', 'America/New_York', '01:00', '04:00', '2026-03-08T06:30:00Z', '2026-03-08T08:00:00Z'],
  ])('%s', (_words, zone, from, until, now, change) => {
    expect(nextChange(hours(zone, [[SUNDAY, from, until]]), at(now))).toEqual(at(change))
  })

  it.each(['Europe/Warsaw', 'America/New_York', 'Australia/Lord_Howe'])(
    'the next change is the first one that a walk by the minute finds: %s',
    (zone) => {
      const open = hours(zone, [
        [SATURDAY, '22:10', '24:00'],
        [SUNDAY, '00:00', '01:40'],
        [SUNDAY, '02:20', '03:05'],
      ])
      for (const start of [
        '2026-03-07T20:00:00Z',
        '2026-03-28T20:00:00Z',
        '2026-04-04T12:00:00Z',
        '2026-10-03T12:00:00Z',
        '2026-10-24T20:00:00Z',
      ]) {
        let now = at(start)
        for (let changes = 0; changes < 4; changes++) {
          const next = nextChange(open, now)
          let walked = now.getTime() + 60_000
          while (isOpen(open, new Date(walked)) === isOpen(open, new Date(walked - 60_000))) walked += 60_000
          expect(next).toEqual(new Date(walked))
          now = new Date(walked)
        }
      }
    },
  )
})

describe('the next change', () => {
  it('sees past holidays', () => {
    const mondays = hours('Europe/Warsaw', [[MONDAY, '09:00', '17:00']], ['2026-11-30', '2026-12-07'])
    expect(nextChange(mondays, at('2026-11-23T17:00:00Z'))).toEqual(at('2026-12-14T08:00:00Z'))
  })
  it('never comes where the channel never opens, or never closes', () => {
    expect(nextChange(hours('Europe/Warsaw', []), at('2026-11-23T17:00:00Z'))).toBeNull()
    const always = hours(
      'Europe/Warsaw',
      [1, 2, 3, 4, 5, 6, 7].map((day) => [day, '00:00', '24:00']),
    )
    expect(nextChange(always, at('2026-11-23T17:00:00Z'))).toBeNull()
  })
})
