/** One timer for all that happens with time, and an alarm behind it: a timer dies with the worker, an alarm wakes it. */
import { browser } from '../utils/browser.ts'

export interface Ticks {
  /** The next instant at which something is due, milliseconds; null: nothing. */
  at(due: number | null): void
}

const ALARM = 'tick'
/** Chrome fires no alarm sooner than this, milliseconds. */
const SOONEST = 30_000

/** `signedIn`: while somebody is, the worker is looked after every minute, should its socket have died with it. */
export function createTicks(tick: () => void, signedIn: () => boolean): Ticks {
  let timer: ReturnType<typeof setTimeout> | undefined
  let armed: number | null | undefined
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name !== ALARM) return
    armed = undefined
    tick()
  })
  return {
    at(due) {
      clearTimeout(timer)
      // Chrome clamps longer ones to 2^31 − 1 ms; nothing here is that far.
      if (due !== null) timer = setTimeout(tick, Math.max(0, due - Date.now()))
      const wake = due ?? (signedIn() ? Date.now() + 60_000 : null)
      if (wake === armed || (due === null && armed && wake && armed > Date.now() && wake - armed < 60_000)) return
      armed = wake
      if (wake === null) void browser.alarms.clear(ALARM)
      else browser.alarms.create(ALARM, { when: Math.max(wake, Date.now() + SOONEST) })
    },
  }
}
