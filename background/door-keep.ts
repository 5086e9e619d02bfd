import { browser } from '../utils/browser.ts'
import type { Nonces } from './door-nonces.ts'
import type { Show } from './door-show.ts'

/** How the person arranged the overlay; kept for good, the same on all sites but for where the tab is hidden. */
export interface Arrangement {
  places: Show['places']
  hiddenOn: string[]
}

/** Where the doors' memory lies: the arrangement on disk, the nonces only until the browser closes. */
export interface DoorKeep {
  load(): Promise<{ nonces: Nonces; arrangement: Arrangement }>
  keepNonces(nonces: Nonces): void
  keepArrangement(arrangement: Arrangement): void
}

const unmoved: Arrangement = { places: { tab: null, pilot: null }, hiddenOn: [] }

export const browserKeep: DoorKeep = {
  async load() {
    const [session, local] = await Promise.all([browser.storage.session.get('nonces'), browser.storage.local.get('overlay')])
    return { nonces: (session.nonces ?? {}) as Nonces, arrangement: (local.overlay ?? unmoved) as Arrangement }
  },
  // A lost write costs a remount of the iframe or an old place of the tab.
  keepNonces: (nonces) => void browser.storage.session.set({ nonces }).catch(() => {}),
  keepArrangement: (overlay) => void browser.storage.local.set({ overlay }).catch(() => {}),
}
