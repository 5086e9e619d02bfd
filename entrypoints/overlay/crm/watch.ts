import type { FromDoor } from '../../../utils/messages.ts'
import type { Crm } from './crm.ts'
import { listLimit } from './crm.ts'

/** Milliseconds between a change of the page and our reading it: what a click brings is whole by then. */
const settle = 500

/**
 * Tells the desk what the page shows, whenever that changed; `changed` is called after every change. Only additions and removals are watched, no attributes and no text: a record
 * that is opened always adds elements. After the first of them we stop watching until we have read, so a busy page pays once, not for every change;
 * reading waits for an idle moment, and a hidden tab is not read.
 */
export function watchRecords(crm: Crm, signal: AbortSignal, say: (message: FromDoor) => void, changed: () => void): { start(): void } {
  let timer = 0
  let idle = 0
  let said = ''

  const observer = new MutationObserver(plan)

  function watch(): void {
    observer.observe(document, { childList: true, subtree: true })
  }

  function plan(): void {
    observer.disconnect()
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      cancelIdleCallback(idle)
      idle = requestIdleCallback(read, { timeout: 5000 })
    }, settle)
  }

  function read(): void {
    watch()
    changed()
    if (document.visibilityState === 'hidden') return
    const open = crm.open(document)
    const contacts = crm.listed(document).slice(0, listLimit)
    const now = JSON.stringify([open, contacts])
    if (now === said) return
    said = now
    say({ type: 'seen', contacts, open })
  }

  const stop = () => {
    observer.disconnect()
    clearTimeout(timer)
    cancelIdleCallback(idle)
  }
  signal.addEventListener('abort', stop)
  document.addEventListener('visibilitychange', plan, { signal })

  return {
    /** Also after the line was opened anew: the desk may have forgotten. */
    start() {
      said = ''
      plan()
    },
  }
}
