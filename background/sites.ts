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

export interface SitesParts {
  /** These sites are no longer allowed. */
  removed(origins: string[]): void
  /** Whether the door of this tab is on the line. */
  hasDoor(tabId: number): boolean
}

/**
 * When open tabs are looked at once more, milliseconds after a sync. In an update the page's former door may still be there and take the wake, or
 * a new one may be put into the script world that is just going; either leaves with the former extension, and the page would stay without.
 */
const LOOK_AGAIN = [1_000, 5_000]

/** So long the tabs have to take a door in before the next change has its turn, milliseconds. */
const REACH_MS = 2_000

/** Listens to the permissions at once. */
export function createSites({ removed, hasDoor }: SitesParts): Sites {
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
    if (extra.length > 0) removed(extra.map((id) => id.slice(idOf('').length)))
    looks.forEach(clearTimeout)
    looks = LOOK_AGAIN.map((after) => setTimeout(() => void lookAgain().catch(() => undefined), after))
    const reached = Promise.all((await openTabs(sites)).map(wake))
    // A tab that loads for ever holds up neither the others nor the next site.
    await Promise.race([reached, new Promise((resolve) => setTimeout(resolve, REACH_MS))])
  }

  let looks: ReturnType<typeof setTimeout>[] = []
  const lookAgain = async () => {
    const tabs = await openTabs(await list())
    await Promise.all(tabs.filter((id) => !hasDoor(id)).map(putDoor))
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

async function openTabs(sites: string[]): Promise<number[]> {
  if (sites.length === 0) return []
  const tabs = await browser.tabs.query({ url: sites.map((site) => patternFor(site) as string) })
  return tabs.flatMap(({ id, discarded }) => (id === undefined || discarded ? [] : [id]))
}

/** Wakes the door of a tab. A tab without one (it was open before the site was allowed, or the extension was updated) gets one. */
const wake = (tabId: number): Promise<unknown> =>
  browser.tabs.sendMessage(tabId, { type: 'wake' }, { frameId: 0 }).catch(() => putDoor(tabId))

/** Pages that nobody may touch (an error page, a store) refuse; they have no agent to serve. */
const putDoor = (tabId: number): Promise<unknown> =>
  browser.scripting.executeScript({ target: { tabId }, files: [script] }).catch(() => undefined)
