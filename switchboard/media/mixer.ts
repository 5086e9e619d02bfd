/** Many voices into one ear. */
import { FRAME_SAMPLES, type Frame } from './port.ts'

const limit = (value: number): number => (value > 32767 ? 32767 : value < -32768 ? -32768 : value)

/** For each party the sum of all the others, hard-limited; null counts as silence. */
export const mixMinus = (frames: (Frame | null)[]): Frame[] => {
  const sum = new Int32Array(FRAME_SAMPLES)
  for (const frame of frames) if (frame) for (let at = 0; at < FRAME_SAMPLES; at++) sum[at] = (sum[at] as number) + (frame[at] as number)
  return frames.map((own) => Int16Array.from(sum, (total, at) => limit(own ? total - (own[at] as number) : total)))
}

/** All of the given frames in one, hard-limited. */
export const mixAll = (frames: (Frame | null)[]): Frame => mixMinus([...frames, null])[frames.length] as Frame
