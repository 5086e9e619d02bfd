/** Where the desk page is: `#/threads/ID`, `#/microphone`, `#/sites`, `#/account`, `#/sign-in`; an admin's `#/channels/…`, `#/people`, `#/company`. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { type AdminPlace, isAdminPlace, type Place } from '../../components/desk/shell.tsx'

export interface Route {
  place: Place | 'sign-in'
  threadId: string | null
  /** Of an admin's page: what follows the place. */
  rest: string[]
}

/** Unknown paths are the thread list. */
export function parseRoute(hash: string): Route {
  const [place = '', ...rest] = hash.replace(/^#\/?/, '').split('/')
  if (isAdminPlace(place)) return { place: place satisfies AdminPlace, threadId: null, rest }
  if (place === 'microphone' || place === 'sites' || place === 'account' || place === 'sign-in') return { place, threadId: null, rest: [] }
  return { place: 'threads', threadId: rest[0] || null, rest: [] }
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
