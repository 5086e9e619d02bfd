import { FRAME_MS } from './port.ts'

/** Frames that a tired process catches up with; more are dropped, as a line that was cut would. */
const MOST_CAUGHT_UP = 10

/** Calls `tick` every 20 ms on the monotonic clock, late ticks at once after another, until the returned function is called. */
export const startTicker = (tick: () => void): (() => void) => {
  let due = performance.now() + FRAME_MS
  let timer: NodeJS.Timeout
  const wake = () => {
    const now = performance.now()
    due = Math.max(due, now - MOST_CAUGHT_UP * FRAME_MS)
    for (; due <= now; due += FRAME_MS) tick()
    timer = setTimeout(wake, Math.max(1, due - performance.now()))
  }
  timer = setTimeout(wake, FRAME_MS)
  return () => clearTimeout(timer)
}
