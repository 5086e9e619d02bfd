/** Opens our own pages. */
import { browser } from '../utils/browser.ts'
import { toolbarButton } from './notifications.ts'
import type { State } from './state.ts'

/** The toolbar popup; where the browser refuses (no window in front, or it wants a press), the desk page. */
export async function openPopup(): Promise<void> {
  await toolbarButton()
    .openPopup()
    .catch(() => openPage('/desk.html'))
}

/** The desk page, on the thread of the pressed notification. */
export async function openDeskPage({ notifications }: State, pressed: string): Promise<void> {
  const threadId = notifications.find(({ id }) => pressed === `missed ${id}`)?.thread.id
  await openPage(threadId ? `/desk.html#/threads/${threadId}` : '/desk.html')
}

/** In the tab that has it already, or a new one. */
async function openPage(path: string): Promise<void> {
  const url = browser.runtime.getURL(path)
  await browser.tabs.create({ url })
}
