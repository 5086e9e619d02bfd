import type { Clock } from '../clock/clock.ts'

/** Lets calls that REST creates out at a steady pace, as a Twilio account does (1 a second unless raised); none is no limit. */
export interface Pacer {
  /** Milliseconds until the next call may ring; each asking takes a place in the queue. */
  take(): number
}

export function createPacer(clock: Clock, callsPerSecond: number | undefined): Pacer {
  let free = 0
  return {
    take() {
      if (!callsPerSecond) return 0
      const at = Math.max(clock.now(), free)
      free = at + 1000 / callsPerSecond
      return at - clock.now()
    },
  }
}
