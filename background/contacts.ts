/**
 * Whose number it is, as pages of allowed sites said. Any of them may be hostile or merely wrong, so each site has room of its own, what it says
 * is shown as its word (`url`), and it does not take the place of what another site said before.
 */
import { cacheDatabase } from '../utils/cache-database.ts'
import type { Contact } from '../utils/protocol/index.ts'
import { guarded } from './cache.ts'
import type { State } from './state.ts'

/** Contacts kept of one site; those not seen for longest go first. */
export const SITE_LIMIT = 2_000

export interface Contacts {
  /** What a page of this site (an origin) shows. `now`: milliseconds. */
  put(contacts: readonly Contact[], site: string, now: number): Promise<void>
  /** Of two sites that know the number, the one that knew it first. */
  of(number: string): Promise<Contact | undefined>
  /** Sites that are not allowed any more. */
  forget(sites: readonly string[]): Promise<void>
}

/** All of one site, longest not seen first. */
const allOf = (site: string) => IDBKeyRange.bound([site, 0], [site, Number.POSITIVE_INFINITY])

export const contacts: Contacts = {
  put: (list, site, now) =>
    guarded(async () => {
      const transaction = (await cacheDatabase()).transaction('contacts', 'readwrite')
      const { store } = transaction
      for (const contact of list) {
        const before = await store.get([site, contact.number])
        if (contact.number !== 'anonymous') await store.put({ ...contact, site, seenAt: now, since: before?.since ?? now })
      }
      const seen = store.index('seen')
      let surplus = (await seen.count(allOf(site))) - SITE_LIMIT
      for (let oldest = await seen.openCursor(allOf(site)); oldest && surplus > 0; surplus--) {
        await oldest.delete()
        oldest = await oldest.continue()
      }
      await transaction.done
    }),
  of: (number) =>
    guarded(async () => {
      const known = await (await cacheDatabase()).getAllFromIndex('contacts', 'number', number)
      const first = known.sort((a, b) => a.since - b.since)[0]
      if (!first) return undefined
      const { site: _site, seenAt: _seenAt, since: _since, ...contact } = first
      return contact
    }),
  forget: (sites) =>
    guarded(async () => {
      const transaction = (await cacheDatabase()).transaction('contacts', 'readwrite')
      for (const site of sites) {
        const keys = await transaction.store.index('seen').getAllKeys(allOf(site))
        for (const key of keys) await transaction.store.delete(key)
      }
      await transaction.done
    }),
}

/** Callers whom nobody knew, and whom a page shows now. */
export function recognised(
  { offers, call }: Pick<State, 'offers' | 'call'>,
  list: readonly Contact[],
): { number: string; contact: Contact }[] {
  return [...offers, ...(call ? [call] : [])].flatMap((one) => {
    const contact =
      (one.contact ?? one.call.contact) ? undefined : list.find(({ number }) => number !== 'anonymous' && number === one.call.from)
    return contact ? [{ number: one.call.from, contact }] : []
  })
}

/** Of what a page says at this moment and what was known: another site's word does not replace the one that was there. */
export function preferred(found: Contact | null, known: Contact | undefined): Contact | null {
  if (!found || !known) return found ?? known ?? null
  return siteOf(found) === siteOf(known) ? found : known
}

const siteOf = ({ url }: Contact) => (url ? new URL(url).origin : null)
