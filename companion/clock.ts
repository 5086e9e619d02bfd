import { setTimeout as nextTurn } from 'node:timers/promises'
import type { Clock } from './store/store.ts'

export interface MovableClock extends Clock {
  /** Moves time forward; whatever is due by then has been called when it resolves. Milliseconds. For tests. */
  advance(ms: number): Promise<void>
  /** Calls nothing any more. */
  stop(): void
}

interface Timer {
  due: number
  callback: () => void
  handle: NodeJS.Timeout
}

/** Node fires at once a timer that is longer than this. */
const LONGEST_MS = 2 ** 31 - 1

export function createClock(): MovableClock {
  let ahead = 0
  let stopped = false
  const timers = new Set<Timer>()
  const now = () => Date.now() + ahead

  const arm = (timer: Timer) => {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(() => fire(timer), Math.min(LONGEST_MS, Math.max(0, timer.due - now())))
  }
  const fire = (timer: Timer) => {
    if (!timers.has(timer)) return
    // A timer may run a millisecond early, and a long one runs in parts.
    if (timer.due > now()) return arm(timer)
    timers.delete(timer)
    timer.callback()
  }
  return {
    now: () => new Date(now()),
    at(instant, callback) {
      if (stopped) return () => {}
      const timer: Timer = { due: instant.getTime(), callback, handle: setTimeout(() => {}, 0) }
      timers.add(timer)
      arm(timer)
      return () => {
        clearTimeout(timer.handle)
        timers.delete(timer)
      }
    },
    async advance(ms) {
      ahead += ms
      for (const timer of timers) arm(timer)
      // Those that are due run in the next turn of the event loop; they may make others that are due too.
      const isDue = () => [...timers].some((timer) => timer.due <= now())
      do await nextTurn(2)
      while (isDue())
    },
    stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer.handle)
      timers.clear()
    },
  }
}
