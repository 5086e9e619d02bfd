/**
 * The sites that the agent allowed (OV1). The browser's permissions are the truth; the registered scripts follow them, so a site that is
 * taken away in the browser's own settings is gone from here too. Nothing is registered, injected or asked for anywhere else.
 */
import { browser } from '../utils/browser.ts'
import { RingsideError } from '../utils/protocol/index.ts'
import { patternFor, siteOf } from '../utils/site-permission.ts'

/** Where WXT puts entrypoints/overlay/index.ts. */
const script = 'overlay.js'
const idOf = (site: string) => `overlay ${site}`

export interface Sites {
  /** Origins, sorted. */
  list(): Promise<string[]>
  allows(origin: string): Promise<boolean>
  /** After a view was given the permission: registers the overlay and puts it into the tabs that are open. Throws not_allowed without it. */
  allow(origin: string): Promise<void>
  /** Gives the permission back. */
  remove(origin: string): Promise<void>
  /** Makes the scripts agree with the permissions, and wakes the doors of open tabs: at each start of the worker. */
  sync(): Promise<void>
}

/** Listens to the permissions at once. `removed` is told of sites that are no longer allowed. */
export function createSites(removed: (origins: string[]) => void): Sites {
  // One change at a time: two that overlap would register one id twice.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }

  const list = async () => {
    const { origins = [] } = await browser.permissions.getAll()
    return origins
      .map(siteOf)
      .filter((site) => site !== null)
      .sort()
  }

  const sync = async () => {
    const sites = await list()
    const ids = (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id).filter((id) => id.startsWith(idOf('')))
    const missing = sites.filter((site) => !ids.includes(idOf(site)))
    const extra = ids.filter((id) => !sites.some((site) => idOf(site) === id))
    if (extra.length > 0) await browser.scripting.unregisterContentScripts({ ids: extra })
    if (missing.length > 0) await browser.scripting.registerContentScripts(missing.map(registration))
    for (const site of sites) await reachTabs(site)
    if (extra.length > 0) removed(extra.map((id) => id.slice(idOf('').length)))
  }

  browser.permissions.onAdded.addListener(() => void inTurn(sync))
  browser.permissions.onRemoved.addListener(() => void inTurn(sync))

  return {
    list,
    allows: async (origin) => {
      const pattern = patternFor(origin)
      return pattern !== null && browser.permissions.contains({ origins: [pattern] })
    },
    async allow(origin) {
      const pattern = patternFor(origin)
      if (!pattern || !(await browser.permissions.contains({ origins: [pattern] }))) throw new RingsideError('not_allowed')
      await inTurn(sync)
    },
    async remove(origin) {
      const pattern = patternFor(origin)
      if (pattern) await browser.permissions.remove({ origins: [pattern] })
      await inTurn(sync)
    },
    sync: () => inTurn(sync),
  }
}

const registration = (site: string) => ({
  id: idOf(site),
  matches: [patternFor(site) as string],
  js: [script],
  runAt: 'document_idle' as const,
  allFrames: false,
  persistAcrossSessions: true,
})

/** Wakes the doors of a site's open tabs. A tab without one (it was open before the site was allowed, or the extension was updated) gets one. */
async function reachTabs(site: string): Promise<void> {
  const tabs = await browser.tabs.query({ url: patternFor(site) as string })
  await Promise.all(
    tabs.map(async ({ id, discarded }) => {
      if (id === undefined || discarded) return
      try {
        await browser.tabs.sendMessage(id, { type: 'wake' }, { frameId: 0 })
      } catch {
        // Pages that nobody may touch (an error page, a store) refuse; they have no agent to serve.
        await browser.scripting.executeScript({ target: { tabId: id }, files: [script] }).catch(() => {})
      }
    }),
  )
}
