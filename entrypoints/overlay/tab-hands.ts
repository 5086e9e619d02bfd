import type { FromDoor } from '../../utils/messages.ts'
import { moveTab } from './places.ts'

/** Px a pointer may tremble in a press. */
const tremble = 4

interface Hands {
  y(): number
  hideLabel(): string
  moved(y: number): void
  say(message: FromDoor): void
}

/** Moving and hiding the edge tab, by hand and by keys. */
export function wireTab(button: HTMLButtonElement, { y, hideLabel, moved, say }: Hands) {
  let drag: { from: number; at: number; moved: boolean } | null = null
  /** Of the press that ends now; after a drag the browser sends a click too. */
  let wasDrag = false

  const close = document.createElement('button')
  close.className = 'hide'
  close.type = 'button'
  close.ariaLabel = close.title = hideLabel()
  button.after(close)

  const hide = (event: Event) => event.isTrusted && say({ type: 'hide-tab' })
  const moveBy = (dy: number) => moved(moveTab(y(), dy, innerHeight))
  const drop = () => say({ type: 'tab-moved', y: y() })

  close.addEventListener('click', hide)
  button.addEventListener('keydown', (event) => {
    const dy = { ArrowUp: -24, ArrowDown: 24 }[event.key]
    wasDrag = false
    if (dy) {
      moveBy(dy)
      drop()
    } else if (event.key === 'Delete') hide(event)
    else return
    event.preventDefault()
  })
  // A key on our tab is no shortcut of the page's.
  const root = button.getRootNode()
  for (const type of ['keydown', 'keyup', 'keypress']) root.addEventListener(type, (event) => event.stopPropagation())

  button.addEventListener('pointerdown', (event) => {
    wasDrag = false
    if (event.button !== 0) return
    button.setPointerCapture(event.pointerId)
    drag = { from: event.screenY, at: event.screenY, moved: false }
  })
  button.addEventListener('pointermove', (event) => {
    if (!drag) return
    drag.moved ||= Math.abs(event.screenY - drag.from) > tremble
    if (!drag.moved) return
    moveBy(event.screenY - drag.at)
    drag.at = event.screenY
  })
  const end = () => {
    wasDrag = drag?.moved === true
    drag = null
    if (wasDrag) drop()
  }
  button.addEventListener('pointerup', end)
  button.addEventListener('pointercancel', end)
  return { dragging: () => drag !== null, dragged: () => wasDrag }
}
