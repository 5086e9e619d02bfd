import { SAMPLE_RATE } from './port.ts'
import { writeWav } from './wav.ts'

export interface Recording {
  append(samples: Int16Array): void
  readonly milliseconds: number
  /** A copy of what was recorded between two instants in ms from the beginning; negative instants count from the end. */
  cut(fromMs?: number, toMs?: number): Int16Array
  wav(): Uint8Array
}

/** Sound kept in memory: one minute is about one megabyte. */
export const createRecording = (): Recording => {
  let kept = new Int16Array(SAMPLE_RATE)
  let length = 0
  const toIndex = (ms: number) => Math.round((ms * SAMPLE_RATE) / 1000)
  const cut = (fromMs?: number, toMs?: number) =>
    kept.subarray(0, length).slice(fromMs === undefined ? 0 : toIndex(fromMs), toMs === undefined ? length : toIndex(toMs))
  return {
    append: (samples) => {
      if (length + samples.length > kept.length) {
        const larger = new Int16Array(Math.max(kept.length * 2, length + samples.length))
        larger.set(kept.subarray(0, length))
        kept = larger
      }
      kept.set(samples, length)
      length += samples.length
    },
    get milliseconds() {
      return (length * 1000) / SAMPLE_RATE
    },
    cut,
    wav: () => writeWav(cut()),
  }
}
