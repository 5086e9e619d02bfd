/** Opens the desk page at a path such as `/threads/…`: the tab that shows it already, where there is one, else a new one. */
import { browser } from './browser.ts'

export async function openDesk(path: string): Promise<void> {
  const page = browser.runtime.getURL('desk.html')
  const url = `${page}#${path}`
  // In Firefox an extension page inside a web page has no tabs API; a link does there what it can.
  if (!browser.tabs) {
    window.open(url, '_blank', 'noopener')
    return
  }
  const open = await openTab(page)
  if (open === undefined) await browser.tabs.create({ url })
  else await browser.tabs.update(open, { url, active: true })
}

/** The tab with the desk page. Only Chrome (116) can find it without the `tabs` permission. */
async function openTab(page: string): Promise<number | undefined> {
  const runtime = browser.runtime as typeof browser.runtime & {
    getContexts?: (filter: { contextTypes: string[] }) => Promise<{ documentUrl?: string; tabId: number; incognito: boolean }[]>
  }
  const contexts = (await runtime.getContexts?.({ contextTypes: ['TAB'] })) ?? []
  return contexts.find(({ documentUrl, tabId }) => documentUrl?.startsWith(page) && tabId >= 0)?.tabId
}
