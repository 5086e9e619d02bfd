/**
 * The pilot's iframe has no say over its own box: the page's door has. It may not talk to the page (`postMessage` would hand the page a
 * window of ours), so what concerns the box goes over the desk to the door. Opening this line is also how the desk learns that the iframe
 * came up; without it the door tries again elsewhere and at last gives up.
 */
import { browser } from './browser.ts'
import type { FromFrame } from './messages.ts'

export interface Frame {
  /** The height that the content needs, px. */
  fit(height: number): void
  /** Asks to be brought above whatever the page opened over us. */
  raise(): void
  /** Px of the screen since the last call; `done` when the person lets go. */
  moveBy(dx: number, dy: number, done: boolean): void
}

export function openFrame(): Frame {
  let port: ReturnType<typeof browser.runtime.connect> | null = null
  let height: number | null = null
  let tries = 0

  function open(): void {
    if (!browser.runtime?.id) return
    port = browser.runtime.connect({ name: 'frame' })
    port.onDisconnect.addListener(() => {
      port = null
      // The worker may have been stopped; a desk that refuses this frame is not asked for ever.
      if (tries++ < 20) setTimeout(open, 50 * tries)
    })
    if (height !== null) say({ type: 'fit', height })
  }

  const say = (message: FromFrame) => port?.postMessage(message)
  open()
  return {
    fit(wanted) {
      if (wanted === height) return
      height = wanted
      say({ type: 'fit', height })
    },
    raise: () => say({ type: 'raise' }),
    moveBy: (dx, dy, done) => say({ type: 'move', dx, dy, done }),
  }
}

/** Keeps the iframe as tall as this element, from now on. */
export function keepFitted(frame: Frame, element: Element): void {
  new ResizeObserver(() => frame.fit(Math.min(2000, Math.max(40, Math.ceil(element.getBoundingClientRect().height))))).observe(element)
}

/**
 * Lets the person drag the box by this element. Screen coordinates, because the iframe moves under the pointer. Buttons in it stay buttons.
 */
export function dragBy(frame: Frame, handle: HTMLElement): void {
  let last: { x: number; y: number } | null = null
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target as Element).closest('button, a, input, textarea, select')) return
    handle.setPointerCapture(event.pointerId)
    last = { x: event.screenX, y: event.screenY }
  })
  handle.addEventListener('pointermove', (event) => {
    if (!last) return
    frame.moveBy(event.screenX - last.x, event.screenY - last.y, false)
    last = { x: event.screenX, y: event.screenY }
  })
  const end = () => {
    if (last) frame.moveBy(0, 0, true)
    last = null
  }
  handle.addEventListener('pointerup', end)
  handle.addEventListener('pointercancel', end)
}
