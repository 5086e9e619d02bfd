import { expect, test } from 'vitest'
import { clockTime, inWords, type Moment, stretches } from '../../scripts/call/heard.ts'
import { readOptions } from '../../scripts/call/options.ts'

/** Moments of 100 ms, from [seconds, hz by moment, level]. */
function timeline(...parts: [seconds: number, hz: (moment: number) => number | null, dbfs: number][]): Moment[] {
  const moments = parts.flatMap(([seconds, hz, dbfs]) => Array.from({ length: seconds * 10 }, (_, moment) => ({ hz: hz(moment), dbfs })))
  return moments.map((moment, index) => ({ atMs: index * 100, ...moment }))
}

test('what was heard is told as ring, silence and voice', () => {
  const heard = timeline([1, () => 425.2, -13], [4, () => null, -96], [3, (moment) => 150 + ((moment * 37) % 300), -20.4])
  expect(stretches(heard).map((stretch) => `${clockTime(stretch.fromMs)} ${inWords(stretch)}`)).toEqual([
    '0:00 a tone of 425 Hz, −13 dB',
    '0:01 silence',
    '0:05 voice or music, −20 dB',
  ])
})

test('two tones after each other are two', () => {
  const heard = timeline([1, () => 440, -15], [1, () => 880, -15])
  expect(stretches(heard).map(({ hz }) => hz)).toEqual([440, 880])
})

test('who calls is a contact of the demo CRM, where nobody else is named', () => {
  expect(readOptions([])).toMatchObject({ from: '+48585550101', name: 'Anna Kowalska', seconds: 60 })
  expect(readOptions(['--from', 'anonymous', '--seconds', '5'])).toMatchObject({ from: 'anonymous', name: undefined, seconds: 5 })
})

test('what cannot be is refused in words', () => {
  expect(() => readOptions(['--voice', 'no-such.wav'])).toThrow('The voice file no-such.wav cannot be read.')
  expect(() => readOptions(['--seconds', 'soon'])).toThrow('--seconds is a number from 1 to 3600.')
})
