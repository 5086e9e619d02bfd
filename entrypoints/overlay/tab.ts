import type { FromDoor, ToDoor } from '../../utils/messages.ts'
import { createHost } from './host.ts'
import { moveTab, sideOf, tabBox } from './places.ts'
import { tabCss } from './tab-css.ts'

export type Show = Extract<ToDoor, { type: 'show' }>

/** Removals by the page that we answer by coming back; then it has its way. */
const returns = 3
/** Px a pointer may tremble in a press. */
const tremble = 4

/** The small tab at the page's edge (OV6): status colour, opens Ringside, movable by drag and arrow keys, hidden by its own button or Delete. No data. */
export function createTab(signal: AbortSignal, say: (message: FromDoor) => void): { show(show: Show): void } {
  let wanted: Show | null = null
  let left = returns
  let y = 0.4
  let drag: { from: number; at: number; moved: boolean } | null = null

  const host = createHost({ topLayer: false, signal, removed: () => left-- > 0 && host.place(document.documentElement) })
  const button = document.createElement('button')
  const close = document.createElement('button')
  button.className = 'tab'
  close.className = 'hide'
  button.type = close.type = 'button'
  host.root.append(button)
  // The hide button comes with the pointer or the focus.
  for (const type of ['pointerenter', 'focus']) button.addEventListener(type, () => button.after(close), { once: true })
  host.element.setAttribute('role', 'complementary')

  function draw(): void {
    if (!wanted) return
    const side = sideOf(document.dir)
    host.style(`:host{${tabBox(side, y)}}${tabCss(side)}`)
  }

  function show(next: Show): void {
    const before = wanted
    wanted = next
    if (next.tab === 'hidden') {
      host.remove()
      return
    }
    if (!drag) y = next.places.tab ?? 0.4
    button.dataset.state = next.tab
    button.ariaLabel = button.title = next.label
    close.ariaLabel = close.title = next.hideLabel
    host.element.setAttribute('aria-label', next.label)
    draw()
    if (!before || before.tab === 'hidden') {
      left = returns
      host.place(document.documentElement)
    }
  }

  const hide = (event: Event) => event.isTrusted && say({ type: 'hide-tab' })
  const moveBy = (dy: number) => {
    y = moveTab(y, dy, innerHeight)
    draw()
  }

  close.addEventListener('click', hide)
  button.addEventListener('click', (event) => {
    // After a drag the browser sends a click too.
    if (event.isTrusted && !drag?.moved) say({ type: 'tab-pressed' })
    drag = null
  })
  button.addEventListener('keydown', (event) => {
    const dy = { ArrowUp: -24, ArrowDown: 24 }[event.key]
    if (dy) {
      moveBy(dy)
      say({ type: 'tab-moved', y })
    } else if (event.key === 'Delete') hide(event)
    else return
    event.preventDefault()
  })
  // A key on our tab is no shortcut of the page's.
  for (const type of ['keydown', 'keyup', 'keypress']) host.root.addEventListener(type, (event) => event.stopPropagation())
  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    button.setPointerCapture(event.pointerId)
    drag = { from: event.screenY, at: event.screenY, moved: false }
  })
  button.addEventListener('pointermove', (event) => {
    if (!drag || event.buttons === 0) return
    drag.moved ||= Math.abs(event.screenY - drag.from) > tremble
    if (!drag.moved) return
    moveBy(event.screenY - drag.at)
    drag.at = event.screenY
  })
  button.addEventListener('pointerup', () => drag?.moved && say({ type: 'tab-moved', y }))
  button.addEventListener('pointercancel', () => {
    drag = null
  })
  return { show }
}
