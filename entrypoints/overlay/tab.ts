import type { FromDoor, ToDoor } from '../../utils/messages.ts'
import { createHost } from './host.ts'
import { sideOf, tabBox } from './places.ts'
import { hideCss, tabCss } from './tab-css.ts'
import { wireTab } from './tab-hands.ts'

export type Show = Extract<ToDoor, { type: 'show' }>

/** Times that a page may throw the tab out before we believe it. */
const limit = 3

export interface Tab {
  show(show: Show): void
}

/** The small tab at the page's edge (OV6): status colour, opens Ringside, movable by drag and arrow keys, hidden by its own button or Delete. No data. */
export function createTab(signal: AbortSignal, say: (message: FromDoor) => void): Tab {
  let wanted: Show | null = null
  let returns = 0
  let y = 0.4

  const host = createHost()
  const button = document.createElement('button')
  button.className = 'tab'
  button.type = 'button'
  host.root.append(button)
  let hands: ReturnType<typeof wireTab> | null = null
  // A page pays for the rest when the person first comes near; a press without a pointer or the focus is an assistive program's.
  function wire(): void {
    if (hands) return
    hands = wireTab(button, { y: () => y, hideLabel: () => wanted?.hideLabel ?? '', moved, say })
    draw()
  }
  for (const type of ['pointerenter', 'focus']) button.addEventListener(type, wire)
  button.addEventListener('click', (event) => {
    if (event.isTrusted && !hands?.dragged()) say({ type: 'tab-pressed' })
  })
  // Only the root and its own children: an observer of everything is what froze pages for others.
  const watch = () => {
    for (const node of [document, document.documentElement]) if (node) thrownOut.observe(node, { childList: true })
  }
  const thrownOut = new MutationObserver(() => {
    // The root may be another one.
    watch()
    if (!document.documentElement) return
    if (wanted && wanted.tab !== 'hidden' && !host.element.isConnected && returns-- > 0) host.place(document.documentElement)
  })
  watch()
  signal.addEventListener('abort', () => {
    thrownOut.disconnect()
    host.element.remove()
  })

  function moved(to: number): void {
    y = to
    draw()
  }

  function draw(): void {
    if (!wanted || wanted.tab === 'hidden') return
    const side = sideOf(document.dir)
    host.style(`:host{${tabBox(side, y)}}${tabCss(side, wanted.tab)}${hands ? hideCss(side) : ''}`)
  }

  return {
    show(next) {
      const fresh = !wanted || wanted.tab === 'hidden'
      wanted = next
      if (next.tab === 'hidden') {
        host.element.remove()
        return
      }
      if (!hands?.dragging()) y = next.places.tab ?? 0.4
      button.title = host.element.ariaLabel = button.ariaLabel = next.label
      draw()
      if (!fresh) return
      returns = limit
      host.place(document.documentElement)
    },
  }
}
