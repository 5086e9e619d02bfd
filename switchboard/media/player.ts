import { FRAME_SAMPLES, type Frame } from './port.ts'

export interface Player {
  /** The next 20 ms, the last one filled with silence; null when all was played. */
  next(): Frame | null
}

/** Cuts samples into frames. `loop` starts again without a gap; nothing to play is null at once. */
export const createPlayer = (samples: Int16Array, loop = false): Player => {
  let at = 0
  return {
    next: () => {
      if (samples.length === 0 || (!loop && at >= samples.length)) return null
      const frame = new Int16Array(FRAME_SAMPLES)
      for (let filled = 0; filled < FRAME_SAMPLES; ) {
        const part = samples.subarray(at, at + FRAME_SAMPLES - filled)
        frame.set(part, filled)
        filled += part.length
        at += part.length
        if (at < samples.length) continue
        if (!loop) break
        at = 0
      }
      return frame
    },
  }
}
