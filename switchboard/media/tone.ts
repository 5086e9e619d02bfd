/** Makes sound: sines, mixed sines, and the two-tone sound of a keypad. */
import { SAMPLE_RATE } from './port.ts'

/** Sines of the given frequencies, summed; `dbfs` is the level of each against a full-scale sine. */
export const makeTones = (frequencies: number[], milliseconds: number, dbfs = -12): Int16Array => {
  const amplitude = 32767 * 10 ** (dbfs / 20)
  return Int16Array.from({ length: Math.round((milliseconds * SAMPLE_RATE) / 1000) }, (_, index) => {
    const sum = frequencies.reduce((total, hz) => total + Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE), 0)
    return Math.max(-32768, Math.min(32767, Math.round(sum * amplitude)))
  })
}

/** One sine. A second of a whole number of Hz can be looped without a click. */
export const makeTone = (hz: number, milliseconds: number, dbfs = -12): Int16Array => makeTones([hz], milliseconds, dbfs)

export const makeSilence = (milliseconds: number): Int16Array => new Int16Array(Math.round((milliseconds * SAMPLE_RATE) / 1000))

/** Samples one after the other. */
export const joinSamples = (parts: Int16Array[]): Int16Array => {
  const joined = new Int16Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const KEYS = ['123A', '456B', '789C', '*0#D']
const ROWS = [697, 770, 852, 941]
const COLUMNS = [1209, 1336, 1477, 1633]

const keySound = (key: string): Int16Array => {
  const row = KEYS.findIndex((keys) => keys.includes(key))
  if (row < 0) return makeSilence(500)
  return joinSamples([makeTones([ROWS[row] as number, COLUMNS[(KEYS[row] as string).indexOf(key)] as number], 100, -9), makeSilence(80)])
}

/** Key presses as they sound on a line: 100 ms and a gap of 80 ms each; `w` is half a second of nothing. */
export const makeDigits = (digits: string): Int16Array => joinSamples([...digits].map(keySound))
