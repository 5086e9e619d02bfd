import { createHost, type Host } from './host.ts'

export interface Stronghold extends Host {
  raise(): void
  remove(): void
}

/** Attributes by which a page could take the box away without removing it, and what they must be. */
const attributes = { popover: 'manual', style: null, hidden: null, inert: null, 'aria-hidden': null, class: null }

/**
 * A host in the top layer (`popover`), above everything of the page, that undoes what the page does to it.
 * `removed`: the page took it out; whether it comes back is the caller's business.
 */
export function createStronghold(signal: AbortSignal, removed: () => void): Stronghold {
  const host = createHost()
  const { element, root } = host
  let placed = false
  let mends = 0
  let mendedAt = 0

  const open = () => {
    if (placed && element.isConnected && !element.matches(':popover-open')) element.showPopover()
  }

  /** A page that puts an attribute back for ever may win; it must not make us loop. */
  const mend = () => {
    if (performance.now() - mendedAt > 5000) mends = 0
    mendedAt = performance.now()
    for (const [name, value] of Object.entries(attributes)) {
      if (element.getAttribute(name) === value || mends++ > 20) continue
      if (value === null) element.removeAttribute(name)
      else element.setAttribute(name, value)
    }
    open()
  }

  // Only direct children of these, and only our own attributes: an observer of everything is what froze pages for others.
  const children = new MutationObserver(() => {
    if (!placed || element.isConnected) return
    placed = false
    removed()
  })
  const own = new MutationObserver(mend)
  // Raising closes and opens in one turn, which the browser reports as no change.
  element.addEventListener('toggle', (event) => (event as ToggleEvent).newState === 'closed' && placed && mend(), { signal })

  const remove = () => {
    placed = false
    children.disconnect()
    own.disconnect()
    element.remove()
  }
  signal.addEventListener('abort', remove)

  return {
    ...host,
    place(parent) {
      element.popover = 'manual'
      host.place(parent)
      placed = true
      children.disconnect()
      for (const each of [document.documentElement, document.body, parent]) if (each) children.observe(each, { childList: true })
      own.observe(element, { attributes: true, attributeFilter: Object.keys(attributes) })
      open()
    },
    raise() {
      if (!placed) return
      const inside = root.activeElement as HTMLElement | null
      if (element.matches(':popover-open')) element.hidePopover()
      open()
      // Hiding took the focus from what the person was typing in.
      inside?.focus({ preventScroll: true })
    },
    remove,
  }
}
