/** Where our boxes stand, as CSS, and the arithmetic of dragging. Pure. Lengths in px: the page's rem leaks in. */

export const pilotWidth = 340
export const panelWidth = 400
/** Until the pilot has said how tall it is. */
export const pilotHeight = 220
export const tabHeight = 44
export const tabWidth = 30
const margin = 16

export type Side = 'left' | 'right'

export interface Point {
  x: number
  y: number
}

/** The window without its scrollbars. */
export interface View {
  width: number
  height: number
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))

/**
 * A box at this place. Always by `transform`: a box that changes its left or top is a layout shift in the page's own figures (CLS), even when
 * the person drags it.
 */
const boxAt = (x: number, y: number, width: number, height: number) =>
  `left:0!important;top:0!important;width:${width}px!important;height:${height}px!important;transform:translate(${x}px,${y}px)!important;`

export function pilotBox({ x, y }: Point, wantedHeight: number, view: View): string {
  const width = Math.min(pilotWidth, view.width - 2 * margin)
  const height = Math.min(wantedHeight, view.height - 2 * margin)
  const left = margin + Math.max(0, view.width - width - 2 * margin) * clamp(x)
  const top = margin + Math.max(0, view.height - height - 2 * margin) * clamp(y)
  return boxAt(Math.round(left), Math.round(top), width, height)
}

export function panelBox(side: Side, view: View): string {
  const width = Math.min(panelWidth, view.width)
  return boxAt(side === 'left' ? 0 : view.width - width, 0, width, view.height)
}

/** The tab follows the window by itself: it is there all the time and should cost nothing. */
export const tabBox = (side: Side, y: number) =>
  `${side}:0!important;top:0!important;width:${tabWidth}px!important;height:${tabHeight}px!important;transform:translateY(calc((100vh - ${tabHeight}px)*${Math.round(clamp(y) * 10_000) / 10_000}))!important;`

/** The place after a move by `dx`, `dy` px in a window of this size. */
export function movePilot(place: Point, dx: number, dy: number, view: View, height: number): Point {
  return {
    x: movedBy(place.x, dx, view.width - pilotWidth - 2 * margin),
    y: movedBy(place.y, dy, view.height - height - 2 * margin),
  }
}

export const moveTab = (y: number, dy: number, viewHeight: number) => movedBy(y, dy, viewHeight - tabHeight)

const movedBy = (fraction: number, px: number, room: number) => (room > 0 ? clamp(fraction + px / room) : clamp(fraction))

/** The edge where reading lines end, so that the tab is not where they begin. */
export const sideOf = (direction: string): Side => (direction.toLowerCase() === 'rtl' ? 'left' : 'right')
