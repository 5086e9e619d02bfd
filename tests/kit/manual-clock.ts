import type { Clock } from '../../companion/store/store.ts'

export interface ManualClock extends Clock {
  /** Moves to the next timer that is due within `ms`, or by `ms`; whatever is due is called, in order. */
  step(ms: number): void
  /** How many timers end within so many milliseconds: what waits is seen to wait. */
  due(ms: number): number
}

/** Time that stands still until a test moves it. Pure unit and crash tests use it; the kit's `clock` moves a running world. */
export function createManualClock(start = '2026-11-23T11:00:00.000Z'): ManualClock {
  let now = new Date(start).getTime()
  const timers = new Set<{ due: number; callback: () => void }>()
  return {
    now: () => new Date(now),
    at(instant, callback) {
      const timer = { due: instant.getTime(), callback }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    due: (ms) => [...timers].filter((timer) => timer.due <= now + ms).length,
    step(ms) {
      const next = Math.min(...[...timers].map((timer) => timer.due), now + ms)
      now = Math.max(now, next)
      for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
        if (timer.due > now || !timers.delete(timer)) continue
        timer.callback()
      }
    },
  }
}
