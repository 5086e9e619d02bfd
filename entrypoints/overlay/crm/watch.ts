import type { FromDoor } from '../../../utils/messages.ts'
import type { Crm } from './crm.ts'
import { listLimit } from './crm.ts'

/** Milliseconds of quiet after the page changed, before we read it. */
const settle = 400
/** Milliseconds after which we read a page that never becomes quiet. */
const atMost = 3000

/**
 * Tells the desk what the page shows, whenever that changed. Only additions and removals are watched, no attributes and no text: a record
 * that is opened always adds elements. Reading waits for an idle moment, and a hidden tab is not read.
 */
export function watchRecords(crm: Crm, signal: AbortSignal, say: (message: FromDoor) => void): { start(): void } {
  let timer = 0
  let idle = 0
  let since = 0
  let said = ''

  const read = () => {
    idle = 0
    const open = crm.open(document)
    const contacts = crm.listed(document).slice(0, listLimit)
    const now = JSON.stringify([open, contacts])
    if (now === said) return
    said = now
    say({ type: 'seen', contacts, open })
  }

  const plan = () => {
    if (idle || document.visibilityState === 'hidden') return
    const now = performance.now()
    since ||= now
    clearTimeout(timer)
    timer = window.setTimeout(
      () => {
        since = 0
        idle = requestIdleCallback(read, { timeout: 5000 })
      },
      Math.max(0, Math.min(settle, since + atMost - now)),
    )
  }

  const observer = new MutationObserver(plan)
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
    if (idle) cancelIdleCallback(idle)
  })

  return {
    /** Also after the line was opened anew: the desk may have forgotten. */
    start() {
      said = ''
      observer.observe(document, { childList: true, subtree: true })
      plan()
    },
  }
}
