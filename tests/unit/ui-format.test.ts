/** Numbers, durations, instants and counts as people read them. */
import { beforeEach, describe, expect, test } from 'vitest'
import { clock, duration, nameOf, phone, when, whenShort } from '../../utils/format.ts'
import { language, speakFrom, words, wordsFor, wordsOf } from '../../utils/words.ts'
import { wordsIn } from '../gallery/words.ts'

const now = new Date(2026, 10, 22, 15, 0).getTime()
const ago = (days: number, hours = 0) => new Date(now - days * 86_400_000 - hours * 3_600_000).toISOString()

beforeEach(() => speakFrom(wordsIn('en')))

test.each([
  ['+48601234567', '+48 601 234 567'],
  ['+12025550123', '+1 202 555 0123'],
  ['+442079460958', '+44 20 7946 0958'],
])('%s is shown in groups', (number, shown) => {
  expect(phone(number)).toBe(shown)
})

test('a withheld number is said in words, in each language', () => {
  expect(phone('anonymous')).toBe('Anonymous')
  speakFrom(wordsIn('pl'))
  expect(phone('anonymous')).toBe('Numer zastrzeżony')
})

test('who somebody is: the name where there is one, else the number', () => {
  expect(nameOf({ name: 'Maria', number: '+48601234567' }, '+48601234567')).toBe('Maria')
  expect(nameOf(null, '+48601234567')).toBe('+48 601 234 567')
})

test.each([
  [0, '0:00'],
  [-3, '0:00'],
  [59.9, '0:59'],
  [61, '1:01'],
  [3723, '1:02:03'],
])('%d seconds run as %s', (seconds, shown) => {
  expect(clock(seconds)).toBe(shown)
})

test.each([
  [0.12, '120ms'],
  [45, '45s'],
  [225, '3m 45s'],
  [3600, '1h'],
])('%d seconds are read as %s', (seconds, shown) => {
  expect(duration(seconds)).toBe(shown)
})

test('an instant gets longer words the farther it is away', () => {
  expect(when(ago(0, 1), now)).toBe('14:00')
  expect(when(ago(1, 1), now)).toBe('yesterday, 14:00')
  expect(when(ago(5), now)).toBe('17 Nov')
  expect(when(ago(400), now)).toBe('18 Oct 2025')
  expect(whenShort(ago(1), now)).toBe('Sat')
  expect(whenShort(ago(8), now)).toBe('14 Nov')
})

describe('counts', () => {
  test.each([
    [1, '1 wątek'],
    [2, '2 wątki'],
    [5, '5 wątków'],
    [12, '12 wątków'],
    [22, '22 wątki'],
    [1.5, '1,5 wątku'],
  ])('%d in Polish', (count, shown) => {
    speakFrom(wordsIn('pl'))
    expect(wordsFor(count, 'threads_count')).toBe(shown)
  })

  test.each([
    [0, '0 threads'],
    [1, '1 thread'],
    [50_000, '50,000 threads'],
  ])('%d in English', (count, shown) => {
    expect(wordsFor(count, 'threads_count')).toBe(shown)
  })
})

test('a key that does not exist is seen', () => {
  expect(words('no_such_key')).toBe('no_such_key')
  expect(wordsOf('skip', 'wrapping-up')).toBe('was wrapping up')
})

test('a browser in a third language gets English words and English dates', () => {
  speakFrom({ ...wordsIn('en'), getUILanguage: () => 'de' })
  expect(language()).toBe('en')
})
