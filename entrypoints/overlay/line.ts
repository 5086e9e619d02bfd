import type { FromDoor, PortName, ToDoor } from '../../utils/messages.ts'

interface LineOptions {
  signal: AbortSignal
  /** A port was opened, first or anew. */
  opened(): void
  hear(message: ToDoor): void
  /** The extension was updated, switched off or removed: this script can reach nobody any more. */
  orphaned(): void
}

export interface Line {
  /** Lost where no port is open: the desk gets the whole truth again when one is. */
  say(message: FromDoor): void
  /**
   * Whether the line opens again by itself when the desk's worker stops. Opening it wakes the worker, so where nothing can happen (signed out)
   * the door leaves it asleep until it is woken, or somebody looks at this tab.
   */
  keep(wanted: boolean): void
}

/** The door's port to the desk. Also dies when the page goes to the back/forward cache, and comes back with it. */
export function openLine({ signal, opened, hear, orphaned }: LineOptions): Line {
  let port: chrome.runtime.Port | null = null
  let kept = true
  let tries = 0

  function open(): void {
    if (port || signal.aborted) return
    // An orphan's `runtime` is still there, but has no id.
    if (!chrome.runtime?.id) {
      orphaned()
      return
    }
    try {
      port = chrome.runtime.connect({ name: 'door' satisfies PortName })
    } catch {
      orphaned()
      return
    }
    port.onMessage.addListener((message: ToDoor) => {
      tries = 0
      hear(message)
    })
    port.onDisconnect.addListener(() => {
      port = null
      if (!chrome.runtime?.id) orphaned()
      else if (kept) setTimeout(open, Math.min(5000, 50 * 2 ** tries++))
    })
    opened()
  }

  const wake = () => open()
  const look = () => document.visibilityState === 'visible' && open()
  chrome.runtime.onMessage.addListener(wake)
  addEventListener('pageshow', open, { signal })
  document.addEventListener('visibilitychange', look, { signal })
  signal.addEventListener('abort', () => {
    port?.disconnect()
    port = null
    if (chrome.runtime?.id) chrome.runtime.onMessage.removeListener(wake)
  })
  // The caller gets its line first: `opened` may use it.
  queueMicrotask(open)
  return {
    say: (message) => port?.postMessage(message),
    keep: (wanted) => {
      kept = wanted
    },
  }
}
