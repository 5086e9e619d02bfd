import { FRAME_SAMPLES, type Frame } from './port.ts'

/** 200 ms; a queue that grew longer is cut back, or the talk would lag for ever. */
const MOST_FRAMES = 10
const CUT_BACK_TO = 4
/** Frames that wait before the first is given, so that packets a little late leave no hole. */
const LEAD = 2

export interface JitterQueue {
  /** Samples as they came in one packet. Packets older than the last one are dropped. */
  push(sequence: number, samples: Int16Array): void
  pull(): Frame | null
}

/** Evens out the pace of packets. `sequence` is RTP's, 16 bit. */
export const createJitterQueue = (): JitterQueue => {
  let frames: Frame[] = []
  let rest = new Int16Array(0)
  let newest: number | undefined
  let playing = false
  return {
    push: (sequence, samples) => {
      const ahead = newest === undefined ? 1 : (sequence - newest) & 0xffff
      if (ahead === 0 || ahead > 0x7fff) return
      newest = sequence
      const all = new Int16Array(rest.length + samples.length)
      all.set(rest)
      all.set(samples, rest.length)
      const whole = all.length - (all.length % FRAME_SAMPLES)
      for (let at = 0; at < whole; at += FRAME_SAMPLES) frames.push(all.slice(at, at + FRAME_SAMPLES))
      rest = all.slice(whole)
      if (frames.length > MOST_FRAMES) frames = frames.slice(-CUT_BACK_TO)
    },
    pull: () => {
      if (!playing && frames.length < LEAD) return null
      const frame = frames.shift() ?? null
      playing = frame !== null
      return frame
    },
  }
}
