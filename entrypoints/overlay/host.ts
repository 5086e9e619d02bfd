/**
 * One box of ours in the page: a plain `<div>` with a closed shadow root and a constructed style sheet (page CSP does not concern it).
 * `all: initial !important` on `:host` defeats what the page's own CSS, inline `!important` included, would do to it; our own inline style
 * as well, so moving and resizing means rewriting the sheet.
 */
export interface Host {
  root: ShadowRoot
  element: HTMLElement
  style(css: string): void
  /** Puts the box in, or moves it. */
  place(parent: Element): void
}

const base = `all:initial!important;display:block!important;position:fixed!important;opacity:1!important;visibility:visible!important;
pointer-events:auto!important;box-sizing:border-box!important;margin:0!important;padding:0!important;border:0!important;direction:ltr!important;
z-index:2147483647!important;`

/** A page may style these of any element, and so lay them over our iframe. */
const pseudo = ':host::before,:host::after,:host::backdrop{content:none!important;display:none!important}'

export function createHost(): Host {
  const element = document.createElement('div')
  const root = element.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets = [sheet]
  element.role = 'complementary'
  return {
    root,
    element,
    style: (css) => sheet.replaceSync(`:host{${base}}${pseudo}@media print{:host{display:none!important}}${css}`),
    place(parent) {
      // moveBefore keeps an iframe's document where append would load it anew.
      if (element.isConnected && parent.isConnected && 'moveBefore' in parent) (parent as MovableParent).moveBefore(element, null)
      else parent.append(element)
    },
  }
}

interface MovableParent extends Element {
  moveBefore(node: Node, before: Node | null): void
}
