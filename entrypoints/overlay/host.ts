/**
 * One box of ours in the page: a plain `<div>` with a closed shadow root and a constructed style sheet (page CSP does not concern it).
 * `all: initial !important` on `:host` defeats what the page's own CSS, inline `!important` included, would do to it; our own inline style
 * as well, so moving and resizing means rewriting the sheet.
 */
export interface HostOptions {
  /** In the top layer, above everything of the page (`popover`), or merely above its z-indexes. */
  topLayer: boolean
  signal: AbortSignal
  /** The page took the box out. */
  removed(): void
}

export interface Host {
  root: ShadowRoot
  element: HTMLElement
  style(css: string): void
  /** Puts the box in, or moves it. */
  place(parent: Element): void
  raise(): void
  remove(): void
}

const base = `all:initial!important;display:block!important;position:fixed!important;opacity:1!important;visibility:visible!important;
pointer-events:auto!important;box-sizing:border-box!important;margin:0!important;padding:0!important;border:0!important;direction:ltr!important;
z-index:2147483647!important;`

/** A page may style these of any element, and so lay them over our iframe. */
const pseudo = ':host::before,:host::after,:host::backdrop{content:none!important;display:none!important}'

/** Attributes by which a page could take the box away without removing it, and what they must be. */
const attributes = (topLayer: boolean) => ({
  popover: topLayer ? 'manual' : null,
  style: null,
  hidden: null,
  inert: null,
  'aria-hidden': null,
  class: null,
})

export function createHost({ topLayer, signal, removed }: HostOptions): Host {
  const element = document.createElement('div')
  const root = element.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets = [sheet]
  const wanted = attributes(topLayer)
  let placed = false
  let mends = 0
  let mendedAt = 0

  /** A page that puts an attribute back for ever may win; it must not make us loop. */
  const mend = () => {
    if (performance.now() - mendedAt > 5000) mends = 0
    mendedAt = performance.now()
    for (const [name, value] of Object.entries(wanted)) {
      if (element.getAttribute(name) === value || mends++ > 20) continue
      if (value === null) element.removeAttribute(name)
      else element.setAttribute(name, value)
    }
    show()
  }
  const show = () => {
    if (topLayer && placed && element.isConnected && !element.matches(':popover-open')) element.showPopover()
  }

  // Only direct children of these two, and only our own attributes: an observer of everything is what froze pages for others.
  const children = new MutationObserver(() => {
    if (placed && !element.isConnected) {
      placed = false
      removed()
    }
  })
  const own = new MutationObserver(mend)
  // Raising closes and opens in one turn, which the browser reports as no change.
  element.addEventListener('toggle', (event) => (event as ToggleEvent).newState === 'closed' && placed && mend(), { signal })

  const watch = () => {
    children.disconnect()
    children.observe(document.documentElement, { childList: true })
    for (const parent of [document.body, element.parentElement]) if (parent) children.observe(parent, { childList: true })
    own.observe(element, { attributes: true, attributeFilter: Object.keys(wanted) })
  }

  const remove = () => {
    placed = false
    children.disconnect()
    own.disconnect()
    element.remove()
  }
  signal.addEventListener('abort', remove)

  return {
    root,
    element,
    style: (css) => sheet.replaceSync(`:host{${base}}${pseudo}@media print{:host{display:none!important}}${css}`),
    place(parent) {
      for (const [name, value] of Object.entries(wanted)) if (value !== null) element.setAttribute(name, value)
      // moveBefore keeps an iframe's document where append would load it anew.
      if (element.isConnected && parent.isConnected && 'moveBefore' in parent) (parent as MovableParent).moveBefore(element, null)
      else parent.append(element)
      placed = true
      watch()
      show()
    },
    raise() {
      if (!placed || !topLayer) return
      const inside = root.activeElement as HTMLElement | null
      if (element.matches(':popover-open')) element.hidePopover()
      show()
      // Hiding took the focus from what the person was typing in.
      inside?.focus({ preventScroll: true })
    },
    remove,
  }
}

interface MovableParent extends Element {
  moveBefore(node: Node, before: Node | null): void
}
