import type { FromDoor } from '../../../utils/messages.ts'
import type { Crm } from './crm.ts'
import { listLimit } from './crm.ts'

/** Milliseconds between a change of the page and our reading it: what a click brings is whole by then. */
const settle = 500
/** A person is here. Until then the page is not read of our own accord: most tabs of a morning are opened and never looked at. */
const signs = ['pointermove', 'pointerdown', 'keydown']

export interface Records {
  /** Reads from the first sign of a person on; after the line was opened anew, again, as the desk may have forgotten. */
  start(): void
  /** Reads now, because the desk asks. */
  read(): void
}

/**
 * Tells the desk what the page shows, whenever that changed. Only additions and removals are watched, no attributes and no text: a record that is
 * opened always adds elements. After the first of them we stop watching until we have read, so a busy page pays once, not for every change; reading
 * waits for an idle moment, and a hidden tab is read only when the desk asks.
 */
export function watchRecords(crm: Crm, signal: AbortSignal, say: (message: FromDoor) => void): Records {
  let timer = 0
  let idle = 0
  let said = ''
  /** Null: the line was never open. False: nobody was here yet. */
  let begun: boolean | null = null

  const observer = new MutationObserver(plan)

  function begin(): void {
    for (const sign of signs) removeEventListener(sign, begin, true)
    begun = true
    plan()
  }

  function plan(): void {
    observer.disconnect()
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      cancelIdleCallback(idle)
      idle = requestIdleCallback(look, { timeout: 5000 })
    }, settle)
  }

  function look(): void {
    observer.observe(document, { childList: true, subtree: true })
    if (document.visibilityState !== 'hidden') read()
  }

  function read(): void {
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
    for (const sign of signs) removeEventListener(sign, begin, true)
  }
  signal.addEventListener('abort', stop)
  document.addEventListener('visibilitychange', () => begun && plan(), { signal })

  return {
    start() {
      said = ''
      if (begun) plan()
      else if (begun === null) for (const sign of signs) addEventListener(sign, begin, { capture: true, passive: true })
      begun ??= false
    },
    read,
  }
}
