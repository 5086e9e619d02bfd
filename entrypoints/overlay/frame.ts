import type { ToDoor } from '../../utils/messages.ts'
import { keepOnTop } from './on-top.ts'
import { movePilot, type Point, panelBox, pilotBox, pilotHeight, sideOf, type View } from './places.ts'
import { createStronghold } from './stronghold.ts'
import type { Show } from './tab.ts'

/** `lost`: it was up, and the page threw it out; a new nonce is needed. `failed`: it cannot be had in this page. */
export type Fallen = { type: 'lost' } | { type: 'failed'; tries: number }

export interface Frame {
  show(show: Show): void
  raise(): void
  /** Px that the person dragged the pilot by. */
  moveBy(move: Extract<ToDoor, { type: 'move' }>): void
  /** Of the iframe that is in the page now. */
  nonce(): string | null
}

interface FrameOptions {
  fell(how: Fallen): void
  /** The person let go of the pilot here: fractions of the free room. */
  moved(x: number, y: number): void
}

const plain = { body: false, credentialless: false }
/** Ways to put the iframe in, tried in this order until it speaks to the desk. Pages with COEP take only a credentialless one. */
const ways = [plain, { body: false, credentialless: true }, { body: true, credentialless: true }]
/** Milliseconds for the iframe to speak: 100 are usual, 260 with a stopped worker, more on a loaded machine. */
const patience = 2500
/** Times the page may throw out a frame that was up, within a minute. */
const returns = 3

/**
 * The iframe with the pilot or the notes panel: there only while the desk says so, because an idle one costs 18 MB and keeps the page out
 * of the back/forward cache. It comes up once the tab is looked at.
 */
export function createFrame(signal: AbortSignal, { fell, moved }: FrameOptions): Frame {
  let wanted: Show | null = null
  let mounted: { nonce: string; iframe: HTMLIFrameElement; ready: boolean } | null = null
  let way = 0
  let losses: number[] = []
  let gaveUp = false
  let place: Point = { x: 1, y: 1 }
  let dragging = false
  let timer = 0

  const host = createStronghold(signal, removed)
  const onTop = keepOnTop(host)

  function show(next: Show): void {
    wanted = next
    const { frame } = next
    if (!frame) {
      gaveUp = false
      unmount()
      return
    }
    if (!dragging) place = next.places.pilot ?? { x: sideOf(document.dir) === 'right' ? 1 : 0, y: 1 }
    if (mounted && mounted.nonce !== frame.nonce) unmount()
    if (!mounted) {
      mount()
      return
    }
    if (frame.ready && !mounted.ready) {
      mounted.ready = true
      clearTimeout(timer)
    }
    draw()
  }

  function mount(): void {
    if (!wanted?.frame || mounted || gaveUp || document.visibilityState === 'hidden') return
    const { nonce } = wanted.frame
    const { body, credentialless } = ways[way] ?? plain
    const iframe = document.createElement('iframe')
    if (credentialless) (iframe as HTMLIFrameElement & { credentialless?: boolean }).credentialless = true
    iframe.src = `${chrome.runtime.getURL('/pilot.html')}?nonce=${encodeURIComponent(nonce)}`
    mounted = { nonce, iframe, ready: false }
    host.root.replaceChildren(iframe)
    draw()
    host.place((body && document.body) || document.documentElement)
    onTop.start()
    clearTimeout(timer)
    timer = window.setTimeout(retry, patience)
  }

  /** The iframe did not speak: blocked by the page, or thrown out before it could. Its nonce was not used up. */
  function retry(): void {
    unmount()
    way++
    if (way < ways.length) mount()
    else giveUp(way)
  }

  function removed(): void {
    if (!mounted) return
    if (!mounted.ready) {
      retry()
      return
    }
    unmount()
    const now = performance.now()
    losses = [...losses.filter((at) => now - at < 60_000), now]
    if (losses.length <= returns) fell({ type: 'lost' })
    else giveUp(losses.length)
  }

  /** Until the next call: then the page may have changed its mind. */
  function giveUp(tries: number): void {
    gaveUp = true
    way = 0
    fell({ type: 'failed', tries })
  }

  function unmount(): void {
    clearTimeout(timer)
    mounted = null
    onTop.stop()
    host.remove()
    host.root.replaceChildren()
  }

  function draw(): void {
    if (!wanted?.frame || !mounted) return
    // What it is changes while it is there: a ring, a call, notes.
    host.element.ariaLabel = mounted.iframe.title = wanted.label
    const { size, height } = wanted.frame
    const side = sideOf(document.dir)
    const box = size === 'panel' ? panelBox(side, view()) : pilotBox(place, height ?? pilotHeight, view())
    // CSS zoom on an ancestor is the one thing that `all: initial` does not undo.
    const zoom = (document.documentElement as Element & { currentCSSZoom?: number }).currentCSSZoom ?? 1
    host.style(`:host{${box}${zoom === 1 ? '' : `zoom:${1 / zoom}!important;`}border-radius:${size === 'panel' ? 0 : 12}px!important;
box-shadow:0 0 0 1px #0002,0 8px 32px #0005!important;overflow:hidden!important;background:Canvas!important}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}`)
  }

  document.addEventListener('visibilitychange', mount, { signal })
  addEventListener('resize', () => mounted && draw(), { signal })
  signal.addEventListener('abort', unmount)

  return {
    show,
    raise: onTop.raise,
    nonce: () => mounted?.nonce ?? null,
    moveBy({ dx, dy, done }) {
      if (wanted?.frame?.size !== 'pilot' || !mounted) return
      dragging = !done
      place = movePilot(place, dx, dy, view(), wanted.frame.height ?? pilotHeight)
      draw()
      if (done) moved(place.x, place.y)
    },
  }
}

/** The visual viewport is without scrollbars and heeds no CSS zoom. */
const view = (): View => {
  const { width, height, scale } = visualViewport ?? { width: innerWidth, height: innerHeight, scale: 1 }
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
