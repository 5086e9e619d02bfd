/** What is heard: level, one frequency's level, and the strongest frequency. Levels are dBFS, 0 being a full-scale sine, never below −96. */
import { SAMPLE_RATE } from './port.ts'

export const SILENCE_DBFS = -96

const toDbfs = (amplitude: number): number => Math.max(SILENCE_DBFS, 20 * Math.log10(Math.max(amplitude, 1e-9) / 32768))

/** Level of everything in `samples`. */
export const levelDbfs = (samples: Int16Array): number => {
  let energy = 0
  for (const sample of samples) energy += sample * sample
  return toDbfs(Math.sqrt((2 * energy) / Math.max(1, samples.length)))
}

/** Level of one frequency (Goertzel). Resolution is 1 / length: 100 ms tells 440 Hz from 450 Hz. */
export const toneDbfs = (samples: Int16Array, hz: number): number => {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE)
  let previous = 0
  let last = 0
  for (const sample of samples) {
    const next = sample + coefficient * last - previous
    previous = last
    last = next
  }
  const power = previous * previous + last * last - coefficient * last * previous
  return toDbfs((2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length))
}

/** Iterative radix-2 FFT in place; `re.length` is a power of two. */
const transform = (re: Float64Array, im: Float64Array): void => {
  const size = re.length
  for (let index = 1, mirror = 0; index < size; index++) {
    let bit = size >> 1
    for (; mirror & bit; bit >>= 1) mirror ^= bit
    mirror ^= bit
    if (index < mirror) {
      ;[re[index], re[mirror]] = [re[mirror] as number, re[index] as number]
    }
  }
  for (let span = 2; span <= size; span <<= 1) {
    for (let offset = 0; offset < span / 2; offset++) {
      const cos = Math.cos((-2 * Math.PI * offset) / span)
      const sin = Math.sin((-2 * Math.PI * offset) / span)
      for (let low = offset; low < size; low += span) {
        const high = low + span / 2
        const r = (re[high] as number) * cos - (im[high] as number) * sin
        const i = (re[high] as number) * sin + (im[high] as number) * cos
        re[high] = (re[low] as number) - r
        im[high] = (im[low] as number) - i
        re[low] = (re[low] as number) + r
        im[low] = (im[low] as number) + i
      }
    }
  }
}

export interface Hearing {
  dbfs: number
  /** The strongest frequency in Hz, or null where it is as good as silent (below −60 dBFS). */
  hz: number | null
}

/** Level and strongest frequency of `samples` (at least 20 ms; at most the last second is looked at); exact to about 1 Hz from 100 ms on. */
export const hear = (samples: Int16Array): Hearing => {
  const dbfs = Math.round(levelDbfs(samples) * 10) / 10
  if (dbfs < -60) return { dbfs, hz: null }
  const looked = samples.subarray(-SAMPLE_RATE)
  const size = Math.max(4096, 2 ** Math.ceil(Math.log2(looked.length)))
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  for (const [index, sample] of looked.entries()) re[index] = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (looked.length - 1)))
  transform(re, im)
  const power = (bin: number) => Math.log((re[bin] as number) ** 2 + (im[bin] as number) ** 2 + 1e-9)
  let peak = Math.ceil((50 * size) / SAMPLE_RATE)
  for (let bin = peak; bin < size / 2 - 1; bin++) if (power(bin) > power(peak)) peak = bin
  const [left, middle, right] = [power(peak - 1), power(peak), power(peak + 1)]
  const bend = left - 2 * middle + right
  const shift = bend === 0 ? 0 : (left - right) / (2 * bend)
  return { dbfs, hz: Math.round(((peak + shift) * SAMPLE_RATE * 10) / size) / 10 }
}
