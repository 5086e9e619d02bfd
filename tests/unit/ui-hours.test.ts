import { describe, expect, test } from 'vitest'
import { addRange, copyDay, isTimeZone, rangeProblems, weekLines } from '../../components/admin/hours.ts'
import type { Hours } from '../../utils/protocol/channels.ts'

const hours = (...ranges: [number, string, string][]): Hours => ({
  timeZone: 'Europe/Warsaw',
  ranges: ranges.map(([weekday, from, until]) => ({ weekday, from, until })),
  specialDays: [],
})
const problems = (...ranges: [number, string, string][]) => [...rangeProblems(hours(...ranges).ranges)]

describe('what is wrong with working hours', () => {
  test('two stretches of a day that touch are right, that overlap are not', () => {
    expect(problems([1, '09:00', '12:00'], [1, '12:00', '17:00'])).toEqual([])
    expect(problems([1, '09:00', '12:01'], [1, '12:00', '17:00'])).toEqual([[1, 'overlap']])
  })
  test('a night counts in the morning after it, Sunday’s on Monday', () => {
    expect(problems([1, '22:00', '06:00'], [2, '05:00', '08:00'])).toEqual([[1, 'overlap']])
    expect(problems([1, '05:00', '08:00'], [7, '22:00', '06:00'])).toEqual([[1, 'overlap']])
    expect(problems([7, '22:00', '00:00'], [1, '00:00', '08:00'])).toEqual([])
  })
  test('a time that was deleted', () => expect(problems([1, '', '08:00'])).toEqual([[0, 'empty']]))
  test.each([
    ['Europe/Warsaw', true],
    ['Europe/Wrsaw', false],
    ['', false],
  ])('time zone %s', (name, right) => expect(isTimeZone(name)).toBe(right))
})

test('copying a day replaces the others’ hours and leaves the rest', () => {
  const copied = copyDay(hours([1, '08:00', '12:00'], [1, '13:00', '16:00'], [2, '10:00', '11:00'], [6, '10:00', '12:00']), 1, [1, 2, 3])
  const of = (weekday: number) => copied.ranges.filter((range) => range.weekday === weekday).map(({ from }) => from)
  expect([of(1), of(2), of(3), of(6)]).toEqual([['08:00', '13:00'], ['08:00', '13:00'], ['08:00', '13:00'], ['10:00']])
})

test('hours are added after the day’s last ones and never overlap', () => {
  let week = hours()
  for (let times = 0; times < 3; times++) week = addRange(week, 3)
  expect(week.ranges.map(({ from, until }) => `${from}–${until}`)).toEqual(['09:00–17:00', '18:00–20:00', '21:00–23:00'])
  expect(rangeProblems(week.ranges).size).toBe(0)
})

test('days in a row with the same hours are one line', () => {
  const week = hours(
    [1, '13:00', '17:00'],
    [1, '09:00', '12:00'],
    [2, '09:00', '12:00'],
    [2, '13:00', '17:00'],
    [3, '09:00', '24:00'],
    [7, '09:00', '24:00'],
  )
  expect(weekLines(week)).toEqual([
    { first: 1, last: 2, times: ['09:00–12:00', '13:00–17:00'] },
    { first: 3, last: 3, times: ['09:00–00:00'] },
    { first: 7, last: 7, times: ['09:00–00:00'] },
  ])
  expect(weekLines(hours())).toEqual([])
})
