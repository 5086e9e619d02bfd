/** Everything that one caller heard, on the clock: second 3 of the recording is second 3 of the call, also where nothing came. */
import { type Hearing, hear } from '../media/measure.ts'
import { createRecording } from '../media/recording.ts'
import { makeSilence } from '../media/tone.ts'

/** A hole shorter than this is a tired sender that will catch up. */
const HOLE_MS = 300

export interface Ear {
  write(frame: Int16Array): void
  /** Level and strongest frequency of the last `ms`. */
  now(ms?: number): Hearing
  /** The same for every 100 ms between two instants; `atMs` counts from the first sound or the answer. */
  timeline(fromMs?: number, toMs?: number): (Hearing & { atMs: number })[]
  wav(): Uint8Array
  readonly milliseconds: number
  /** Starts the clock, where nothing was heard before. */
  start(): void
  /** Stops it: what comes later is not heard. */
  stop(): void
}

export const createEar = (): Ear => {
  const recording = createRecording()
  let began: number | undefined
  let stopped = false
  const fill = () => {
    if (began === undefined || stopped) return
    const missing = performance.now() - began - recording.milliseconds
    if (missing > HOLE_MS) recording.append(makeSilence(missing))
  }
  const start = () => {
    began ??= performance.now()
  }
  return {
    start,
    stop: () => {
      fill()
      stopped = true
    },
    write: (frame) => {
      if (stopped) return
      start()
      fill()
      recording.append(frame)
    },
    now: (ms = 200) => {
      fill()
      return hear(recording.cut(-ms))
    },
    timeline: (fromMs = 0, toMs = Number.POSITIVE_INFINITY) => {
      fill()
      const end = Math.min(toMs, recording.milliseconds)
      const starts = Array.from({ length: Math.max(0, Math.floor((end - fromMs) / 100)) }, (_, index) => fromMs + index * 100)
      return starts.map((atMs) => ({ atMs, ...hear(recording.cut(atMs, atMs + 100)) }))
    },
    wav: () => {
      fill()
      return recording.wav()
    },
    get milliseconds() {
      fill()
      return recording.milliseconds
    },
  }
}
