import { describe, expect, it } from 'vitest'
import { hoursProblem, toHours, toWorkingHours } from '../../companion/channels/hours-rows.ts'
import { isOpen, nextChange, type WorkingHours } from '../../companion/routing/hours.ts'
import { route } from '../../companion/routing/route.ts'
import { strip } from '../../companion/routing/strip.ts'
import type { Hours } from '../../utils/protocol/index.ts'
import { STARTS, seeded, someHours } from '../kit/some-hours.ts'

const range = (weekday: number, from: string, until: string) => ({ weekday, from, until })
const hours = (timeZone: string, ranges: Hours['ranges'], specialDays: Hours['specialDays'] = []): WorkingHours =>
  toWorkingHours({ timeZone, ranges, specialDays })
const at = (iso: string) => new Date(iso)

/** `open 22:00–02:00` in the zone, for reading. */
function told(open: WorkingHours, from: string, days: number): string[] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: open.timeZone, hour: '2-digit', minute: '2-digit' })
  return strip(open, at(from), days).map(({ day, kind, ranges, clockChange }) =>
    [
      day,
      kind,
      ...ranges.map((each) => `${clock.format(each.from)}–${clock.format(each.until)}`),
      ...(clockChange === null ? [] : [`clock ${clockChange}`]),
    ].join(' '),
  )
}

describe('over midnight', () => {
  // 2026-12-24 is a Thursday.
  const night = hours('Europe/Warsaw', [range(4, '22:00', '02:00')])
  it.each([
    ['2026-12-24T20:59:00Z', false],
    ['2026-12-24T21:00:00Z', true],
    ['2026-12-24T23:30:00Z', true],
    ['2026-12-25T00:59:00Z', true],
    ['2026-12-25T01:00:00Z', false],
  ])('%s: %s', (instant, open) => expect(isOpen(night, at(instant))).toBe(open))

  it('goes from Sunday into Monday', () => {
    expect(isOpen(hours('Europe/Warsaw', [range(7, '22:00', '02:00')]), at('2026-12-28T00:30:00Z'))).toBe(true)
  })
  it('ends at midnight where the next day is a holiday', () => {
    const christmas = { day: '2026-12-25', name: 'Boże Narodzenie', ranges: [] }
    const open = hours('Europe/Warsaw', [range(4, '22:00', '02:00')], [christmas])
    expect(told(open, '2026-12-24T12:00:00Z', 2)).toEqual(['2026-12-24 open 22:00–00:00', '2026-12-25 special'])
  })
  it('of a special day reaches into a holiday', () => {
    const eve = { day: '2026-12-31', name: 'Sylwester', ranges: [{ from: '20:00', until: '02:00' }] }
    const year = { day: '2027-01-01', name: 'Nowy Rok', ranges: [] }
    const open = hours('Europe/Warsaw', [range(4, '09:00', '17:00'), range(5, '09:00', '17:00')], [eve, year])
    expect(told(open, '2026-12-31T12:00:00Z', 3)).toEqual([
      '2026-12-31 special 20:00–00:00',
      '2027-01-01 special 00:00–02:00',
      '2027-01-02 closed',
    ])
    expect(nextChange(open, at('2026-12-31T22:00:00Z'))).toEqual(at('2027-01-01T01:00:00Z'))
  })
})

describe('the strip', () => {
  const days = [1, 2, 3, 4, 5, 6, 7]
  it.each([
    ['Europe/Warsaw', '2026-03-28T12:00:00Z', '00:30', '04:00', ['open 00:30–04:00', 'open 00:30–04:00 clock 60', 'open 00:30–04:00'], 2.5],
    [
      'Europe/Warsaw',
      '2026-10-24T12:00:00Z',
      '00:30',
      '04:00',
      ['open 00:30–04:00', 'open 00:30–04:00 clock -60', 'open 00:30–04:00'],
      4.5,
    ],
    [
      'America/New_York',
      '2026-03-07T12:00:00Z',
      '00:30',
      '04:00',
      ['open 00:30–04:00', 'open 00:30–04:00 clock 60', 'open 00:30–04:00'],
      2.5,
    ],
    [
      'America/New_York',
      '2026-10-31T12:00:00Z',
      '00:30',
      '04:00',
      ['open 00:30–04:00', 'open 00:30–04:00 clock -60', 'open 00:30–04:00'],
      4.5,
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-03T00:00:00Z',
      '00:30',
      '04:00',
      ['open 00:30–04:00', 'open 00:30–04:00 clock 30', 'open 00:30–04:00'],
      3,
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-04T00:00:00Z',
      '00:30',
      '04:00',
      ['open 00:30–04:00', 'open 00:30–04:00 clock -30', 'open 00:30–04:00'],
      4,
    ],
  ])('%s from %s says when the clock is moved', (zone, from, opens, closes, expected, lasting) => {
    const open = hours(
      zone,
      days.map((day) => range(day, opens, closes)),
    )
    expect(told(open, from, 3).map((line) => line.slice(11))).toEqual(expected)
    const [moved] = strip(open, at(from), 2)[1]?.ranges ?? []
    expect(((moved?.until.getTime() ?? 0) - (moved?.from.getTime() ?? 0)) / 3_600_000).toBe(lasting)
  })

  it('begins a day at one where midnight is skipped', () => {
    // Cairo, 2026-04-24: 00:00 → 01:00.
    const always = hours(
      'Africa/Cairo',
      days.map((day) => range(day, '00:00', '24:00')),
    )
    expect(told(always, '2026-04-23T12:00:00Z', 2)).toEqual(['2026-04-23 open 00:00–01:00', '2026-04-24 open 01:00–00:00 clock 60'])
  })
})

describe('one truth', () => {
  const random = seeded(20261122)
  const cases = Array.from({ length: 60 }, (_, index) => {
    const start = random.one(STARTS)
    let typed = someHours(random, start)
    while (hoursProblem(typed)) typed = someHours(random, start)
    return [index, typed, start] as const
  })

  it.each(cases)('%i: strip, isOpen, nextChange and route agree at every minute', (_index, typed, start) => {
    const open = toWorkingHours(typed)
    const first = strip(open, at(`${start}T12:00:00Z`), 5)
    const shown = first.flatMap(({ ranges }) => ranges.map(({ from, until }) => [from.getTime(), until.getTime()] as const))
    const begin = at(`${start}T18:00:00Z`).getTime()
    const end = begin + 3.5 * 86_400_000
    let next = nextChange(open, new Date(begin))?.getTime() ?? Number.POSITIVE_INFINITY
    let before = isOpen(open, new Date(begin))
    for (let now = begin; now < end; now += 15 * 60_000) {
      const says = isOpen(open, new Date(now))
      expect(
        shown.some(([from, until]) => from <= now && now < until),
        new Date(now).toISOString(),
      ).toBe(says)
      const routed = route({ channel: { ...open, enabled: true }, now: new Date(now), users: [] })
      expect(routed.missedReason).toBe(says ? 'nobody-reachable' : 'after-hours')
      if (says !== before) {
        expect(now).toBe(next)
        next = nextChange(open, new Date(now))?.getTime() ?? Number.POSITIVE_INFINITY
      }
      expect(next).toBeGreaterThan(now)
      before = says
    }
  })

  it.each(cases)('%i: what was typed is read back to the same effect', (_index, typed) => {
    const rows = toWorkingHours(typed)
    const again = toHours(rows)
    expect(hoursProblem(again)).toBeUndefined()
    const sorted = (list: WorkingHours['ranges']) => [...list].sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute)
    expect(sorted(toWorkingHours(again).ranges)).toEqual(sorted(rows.ranges))
    expect(toWorkingHours(again).specialDays).toEqual(rows.specialDays)
  })
})

describe('hours that cannot be', () => {
  it.each<[string, Partial<Hours>, string]>([
    ['an unknown zone', { timeZone: 'Europe/Warszawa' }, 'timeZone'],
    ['an offset for a zone', { timeZone: '+02:00' }, 'timeZone'],
    ['two at once', { ranges: [range(1, '09:00', '12:00'), range(1, '11:00', '13:00')] }, 'ranges.1'],
    ['the tail of a night and a morning', { ranges: [range(7, '22:00', '02:00'), range(1, '01:00', '05:00')] }, 'ranges.1'],
    ['a beginning at 24:00', { ranges: [range(1, '24:00', '03:00')] }, 'ranges.0'],
    [
      'a day twice',
      {
        specialDays: [
          { day: '2026-12-24', name: 'a', ranges: [] },
          { day: '2026-12-24', name: 'b', ranges: [] },
        ],
      },
      'specialDays.1.day',
    ],
    [
      'two at once on a special day',
      {
        specialDays: [
          {
            day: '2026-12-24',
            name: 'a',
            ranges: [
              { from: '09:00', until: '12:00' },
              { from: '11:00', until: '12:00' },
            ],
          },
        ],
      },
      'specialDays.0.ranges.1',
    ],
  ])('%s is named', (_words, wrong, where) => {
    expect(hoursProblem({ timeZone: 'Europe/Warsaw', ranges: [], specialDays: [], ...wrong })?.at).toBe(where)
  })
  it('ranges that touch are fine', () => {
    const ranges = [range(1, '09:00', '12:00'), range(1, '12:00', '13:00'), range(7, '22:00', '09:00')]
    expect(hoursProblem({ timeZone: 'Europe/Warsaw', ranges, specialDays: [] })).toBeUndefined()
  })
})
