import type { Stronghold } from './stronghold.ts'

/** Raises in ten seconds; against a page that opens things over us without end, the person still has the toolbar. */
const limit = 10

/**
 * Keeps our box above what the page opens later: its popovers, dialogs and fullscreen elements all go to the top of the top layer.
 * A modal dialog also makes everything outside it inert; then our box moves into the dialog for as long as it is open, which only
 * `moveBefore` can do without loading the iframe anew. Where that is missing, the person answers from the toolbar.
 */
export function keepOnTop(host: Stronghold) {
  let watching: AbortController | null = null
  let raises: number[] = []

  function raise(): void {
    if (!watching) return
    const now = performance.now()
    raises = raises.filter((at) => now - at < 10_000)
    if (raises.length >= limit) return
    raises.push(now)
    host.raise()
  }

  function follow(): void {
    const dialog = [...document.querySelectorAll('dialog:modal')].at(-1)
    const parent = dialog ?? (host.element.parentElement?.closest('dialog') ? document.documentElement : null)
    if (parent && parent !== host.element.parentElement && 'moveBefore' in parent) host.place(parent)
  }

  const toggled = (event: Event) => {
    if (event.target === host.element) return
    follow()
    if (event.type === 'fullscreenchange' || (event as ToggleEvent).newState === 'open') raise()
  }

  return {
    raise,
    start(): void {
      watching?.abort()
      watching = new AbortController()
      const { signal } = watching
      for (const type of ['toggle', 'close', 'fullscreenchange']) document.addEventListener(type, toggled, { capture: true, signal })
      follow()
    },
    stop(): void {
      watching?.abort()
      watching = null
    },
  }
}
