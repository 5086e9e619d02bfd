/** An update is installed as soon as nothing rings and no call goes on (P8). By itself it would wait for ever: an always-on phone is never idle. */
import { browser } from '../utils/browser.ts'
import { isBusy, type State } from './state.ts'

export interface Updates {
  at(state: State): void
}

/** Listening is also what keeps the browser from installing it in the middle of a call. */
export function createUpdates(): Updates {
  let waits = false
  let free = true
  const install = () => {
    if (waits && free) browser.runtime.reload()
  }
  browser.runtime.onUpdateAvailable.addListener(() => {
    waits = true
    install()
  })
  return {
    at(state) {
      free = !isBusy(state.call) && state.offers.length === 0
      install()
    },
  }
}
