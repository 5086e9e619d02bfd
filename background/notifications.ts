/** System notifications and the toolbar button, as the browser has them: Chrome with buttons, Firefox with a press on the notification. */
import { browser } from '../utils/browser.ts'
import type { AlertParts, SystemNotification, Words } from './alerts.ts'
import type { Decision } from './inputs.ts'

/** Manifest 2 (Firefox) calls the toolbar button otherwise. */
export const toolbarButton = () => browser.action ?? browser.browserAction

/** Firefox throws where notifications have buttons. */
const hasButtons = () => !browser.runtime.getURL('').startsWith('moz-')

export function browserAlerts(words: Words): AlertParts {
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined)
  return {
    words,
    setBadge({ text, colour }) {
      quietly(toolbarButton().setBadgeText({ text }))
      quietly(toolbarButton().setBadgeBackgroundColor({ color: colour }))
    },
    setTitle: (title) => quietly(toolbarButton().setTitle({ title })),
    create: (notification) => quietly(create(notification, words)),
    update: ({ id, title, message }) => quietly(update(id, { title, message })),
    clear: (id) => quietly(browser.notifications.clear(id)),
    async shown() {
      const { alerted } = await browser.storage.session.get('alerted')
      return [...new Set([...Object.keys(await browser.notifications.getAll()), ...((alerted as string[] | undefined) ?? [])])]
    },
    keepShown: (alerted) => quietly(browser.storage.session.set({ alerted })),
  }
}

async function create({ id, title, message, call }: SystemNotification, words: Words): Promise<void> {
  const options = { type: 'basic' as const, iconUrl: browser.runtime.getURL('/icons/128.png'), title, message }
  const buttons = [{ title: words('notify_answer') }, { title: words('notify_decline') }]
  const extra = call && hasButtons() ? { buttons, requireInteraction: true, priority: 2 } : {}
  await browser.notifications.create(id, { ...options, ...extra })
}

/** Firefox can only show it anew, which would ring again what a person closed. */
async function update(id: string, words: { title: string; message: string }): Promise<void> {
  await (browser.notifications as { update?: (id: string, words: object) => Promise<boolean> }).update?.(id, words)
}

/** What was pressed, as a decision of the person (IN4). `look`: the notification itself was pressed, and it is not a call's in a browser without buttons. */
export function listenForPresses(decide: (decision: Decision) => void, look: (id: string) => void): void {
  browser.notifications.onButtonClicked?.addListener((id, index) => {
    const callId = id.match(/^call (.+)$/)?.[1]
    if (callId) decide({ type: index === 0 ? 'answer' : 'decline', callId })
  })
  browser.notifications.onClicked.addListener((id) => {
    const callId = id.match(/^call (.+)$/)?.[1]
    if (callId && !hasButtons()) decide({ type: 'answer', callId })
    else look(id)
  })
}
