/** Asking for a site, from a view: only a person's press may ask. The desk hears of it by the command `site-allowed`. */
import { browser } from './browser.ts'
import * as pattern from './site-pattern.ts'

export { originOf, siteOf } from './site-pattern.ts'

/** The pattern to ask for, in this browser's dialect. */
export const patternFor = (address: string) => pattern.patternFor(address, !browser.runtime.getURL('').startsWith('moz-'))

/**
 * Asks the person for the site. Call it in the handler of a press, before any await: the browser refuses it later.
 * Resolves with whether it is allowed now; false also for an address that is no site.
 */
export async function requestSite(origin: string): Promise<boolean> {
  const wanted = patternFor(origin)
  return wanted !== null && browser.permissions.request({ origins: [wanted] })
}

/**
 * The site of the tab that the toolbar popup was opened over; null where the overlay cannot work. It is known because opening the popup
 * is what `activeTab` counts as a person's leave for this one tab: `tabs`, which would show every tab's address at all times, is not needed.
 */
export async function activeSite(): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
  return tab?.url ? pattern.originOf(tab.url) : null
}
