/** Time that a test can move: the companion's leases, ring times and hours, and the switchboard's pauses and recordings, together. */
import type { World } from './world.ts'

export interface Clock {
  /** Moves both on. Timers that fall due fire before it resolves. */
  advance(seconds: number): Promise<void>
}

export const makeClock = (world: World): Clock => ({
  async advance(seconds) {
    const advanceMs = Math.round(seconds * 1000)
    await world.ask('companion', 'POST', '/test/clock', { advanceMs })
    await world.ask('switchboard', 'POST', '/control/clock', { advanceMs })
  },
})
