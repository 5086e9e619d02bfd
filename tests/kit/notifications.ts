/**
 * System notifications of the extension. No automation can press the real ones, so a press is handed to the browser's own event, in the real
 * worker: what listens there is what a press would reach. What they say is taken down as the extension creates them, because the browser
 * lists no more than their ids.
 */
import type { Chromium } from './chromium.ts'
import { inWorker } from './worker.ts'

export interface ShownNotification {
  id: string
  title: string
  message: string
  buttons: string[]
}

export interface Notifications {
  /** What the browser shows at this moment. */
  shown(): Promise<ShownNotification[]>
  /** Presses a button by its words. */
  press(notificationId: string, button: string): Promise<void>
}

const takeDown = `(() => {
  globalThis.created ??= {}
  for (const name of ['create', 'update']) {
    const real = chrome.notifications[name]
    for (const api of new Set([chrome.notifications, globalThis.browser?.notifications])) if (api) api[name] = (id, options, ...rest) => {
      globalThis.created[id] = { ...globalThis.created[id], ...options }
      return real.call(chrome.notifications, id, options, ...rest)
    }
  }
})()`

const list = `chrome.notifications.getAll().then((shown) => Object.keys(shown).map((id) => {
  const { title, message, buttons = [] } = globalThis.created[id] ?? {}
  return { id, title, message, buttons: buttons.map(({ title }) => title) }
}))`

/** Call it before the ring: of what was created earlier the words are not known. */
export async function watchNotifications(browser: Chromium): Promise<Notifications> {
  await inWorker(browser, takeDown)
  const shown = async () => (await inWorker(browser, list)) as ShownNotification[]
  return {
    shown,
    async press(id, button) {
      const index = (await shown()).find((each) => each.id === id)?.buttons.indexOf(button) ?? -1
      if (index < 0) throw new Error(`No notification ${id} with a button ${button}`)
      await inWorker(browser, `chrome.notifications.onButtonClicked.dispatch(${JSON.stringify(id)}, ${index})`)
    },
  }
}
