/** Many voices into one ear. */
import { FRAME_SAMPLES, type Frame, type MediaPort } from './port.ts'

const limit = (value: number): number => (value > 32767 ? 32767 : value < -32768 ? -32768 : value)

/** For each party the sum of all the others, hard-limited; null counts as silence. */
export const mixMinus = (frames: (Frame | null)[]): Frame[] => {
  const sum = new Int32Array(FRAME_SAMPLES)
  for (const frame of frames) if (frame) for (let at = 0; at < FRAME_SAMPLES; at++) sum[at] = (sum[at] as number) + (frame[at] as number)
  return frames.map((own) => Int16Array.from(sum, (total, at) => limit(own ? total - (own[at] as number) : total)))
}

/** All of the given frames in one, hard-limited. */
export const mixAll = (frames: (Frame | null)[]): Frame => mixMinus([...frames, null])[frames.length] as Frame

export interface Mixer {
  add(port: MediaPort): void
  remove(port: MediaPort): void
  /** A muted port hears and is not heard. It is still read, so that its queue does not grow old. */
  mute(port: MediaPort, muted: boolean): void
  /** One frame of 20 ms for everybody. Returns what a listener outside hears: all voices, for a recording. */
  tick(): Frame
}

/** A conference's mixer: everyone hears everyone else. The caller of `tick` keeps the time (ticker.ts). */
export const createMixer = (): Mixer => {
  const ports = new Map<MediaPort, { muted: boolean }>()
  return {
    add: (port) => {
      if (!ports.has(port)) ports.set(port, { muted: false })
    },
    remove: (port) => {
      ports.delete(port)
    },
    mute: (port, muted) => {
      const entry = ports.get(port)
      if (entry) entry.muted = muted
    },
    tick: () => {
      const parties = [...ports]
      const voices = parties.map(([port, { muted }]) => {
        const frame = port.read()
        return muted ? null : frame
      })
      const ears = mixMinus([...voices, null])
      parties.forEach(([port], index) => {
        port.write(ears[index] as Frame)
      })
      return ears[parties.length] as Frame
    },
  }
}
