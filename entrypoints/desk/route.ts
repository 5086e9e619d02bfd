/** Where the desk page is: `#/threads/ID`, `#/microphone`, `#/sites`, `#/account`, `#/sign-in`. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Place } from '../../components/desk/shell.tsx'

export interface Route {
  place: Place | 'sign-in'
  threadId: string | null
}

/** Unknown paths are the thread list. */
export function parseRoute(hash: string): Route {
  const [place, rest] = hash.replace(/^#\/?/, '').split('/')
  if (place === 'microphone' || place === 'sites' || place === 'account' || place === 'sign-in') return { place, threadId: null }
  return { place: 'threads', threadId: rest || null }
}

const current = signal(parseRoute(location.hash))
export const route: ReadonlySignal<Route> = current

addEventListener('hashchange', () => {
  // The skip link's target is a place in the page, not a route.
  if (location.hash === '' || location.hash.startsWith('#/')) current.value = parseRoute(location.hash)
})

export function go(path: string): void {
  location.hash = path
}
