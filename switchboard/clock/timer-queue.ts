/** Timers in order of time, then of setting. Times are milliseconds on whatever scale the caller counts. */
export interface TimerQueue {
  /** Returns the way to call it off. */
  add(due: number, act: () => void): () => void
  /** When the next one is due; undefined when there is none. */
  nextDue(): number | undefined
  /** Runs all that are due at `now`, those set meanwhile included. */
  runDue(now: number): void
  clear(): void
}

export function createTimerQueue(): TimerQueue {
  let queue: { due: number; act: () => void }[] = []

  return {
    add(due, act) {
      const entry = { due, act }
      let at = queue.length
      while (at > 0 && (queue[at - 1]?.due ?? 0) > due) at -= 1
      queue.splice(at, 0, entry)
      return () => {
        const index = queue.indexOf(entry)
        if (index >= 0) queue.splice(index, 1)
      }
    },
    nextDue: () => queue[0]?.due,
    runDue(now) {
      for (let first = queue[0]; first && first.due <= now; first = queue[0]) {
        queue.shift()
        first.act()
      }
    },
    clear() {
      queue = []
    },
  }
}
