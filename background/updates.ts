/** When an update is installed (P8). By itself it would wait for ever: an always-on phone is never idle. */
import { browser } from '../utils/browser.ts'
import { isBusy, type State } from './state.ts'

export interface Updates {
  at(state: State): void
}

export interface UpdateParts {
  now(): number
  /** Listening is also what keeps the browser from installing it in the middle of a call. */
  onAvailable(listener: () => void): void
  install(): void
  /** Since when one waits, milliseconds; the browser says it once, and the worker may be stopped meanwhile. */
  kept(): Promise<number | null>
  keep(since: number): void
}

/** An ended call or a page of notes that nobody puts away holds an update up for so long, milliseconds; a call, as long as it lasts. */
const PATIENCE = 12 * 60 * 60_000

/** Pure. Nothing rings, no call goes on, no hang-up is unheard, and nobody is in the middle of writing down what was said. */
export function mayInstall({ call, offers, panel, listening, hangUps }: State, waitedMs: number): boolean {
  const ended = call?.phase === 'ended'
  if (isBusy(call) || offers.length > 0) return false
  return waitedMs > PATIENCE || (!ended && hangUps.length === 0 && panel === null && listening === null)
}

export function createUpdates({ now, onAvailable, install, kept, keep }: UpdateParts): Updates {
  let since: number | null = null
  /** Null until the desk has woken up: it may wake into a call. */
  let last: State | null = null
  const settle = () => {
    if (since !== null && last && mayInstall(last, now() - since)) install()
  }
  onAvailable(() => {
    since ??= now()
    keep(since)
    settle()
  })
  void kept()
    .catch(() => null)
    .then((before) => {
      since ??= before
      settle()
    })
  return {
    at(state) {
      last = state
      settle()
    },
  }
}

/** What is kept goes with the update: it empties storage.session. */
export const browserUpdates: UpdateParts = {
  now: () => Date.now(),
  onAvailable: (listener) => browser.runtime.onUpdateAvailable.addListener(listener),
  install: () => browser.runtime.reload(),
  async kept() {
    const { updateSince } = await browser.storage.session.get('updateSince')
    return typeof updateSince === 'number' ? updateSince : null
  },
  keep: (updateSince) => void browser.storage.session.set({ updateSince }).catch(() => undefined),
}
