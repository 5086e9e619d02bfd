/** Where our boxes stand: CSS that follows the window by itself, and the arithmetic of dragging. Pure. Lengths in px: the page's rem leaks in. */

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

const clamp = (value: number) => Math.min(1, Math.max(0, value))

export const pilotBox = ({ x, y }: Point, height: number) => `
width:min(${pilotWidth}px,100% - ${2 * margin}px)!important;height:min(${height}px,100% - ${2 * margin}px)!important;
left:calc(${margin}px + max(0px,100% - ${pilotWidth + 2 * margin}px)*${round(x)})!important;
top:calc(${margin}px + max(0px,100% - ${height + 2 * margin}px)*${round(y)})!important;`

export const panelBox = (side: Side) => `top:0!important;bottom:0!important;${side}:0!important;width:min(${panelWidth}px,100%)!important;`

export const tabBox = (side: Side, y: number) => `
${side}:0!important;top:calc((100% - ${tabHeight}px)*${round(y)})!important;width:${tabWidth}px!important;height:${tabHeight}px!important;`

const round = (fraction: number) => Math.round(clamp(fraction) * 10_000) / 10_000

/** The place after a move by `dx`, `dy` px in a window of this size. */
export function movePilot(place: Point, dx: number, dy: number, view: { width: number; height: number }, height: number): Point {
  return {
    x: movedBy(place.x, dx, view.width - pilotWidth - 2 * margin),
    y: movedBy(place.y, dy, view.height - height - 2 * margin),
  }
}

export const moveTab = (y: number, dy: number, viewHeight: number) => movedBy(y, dy, viewHeight - tabHeight)

const movedBy = (fraction: number, px: number, room: number) => (room > 0 ? clamp(fraction + px / room) : clamp(fraction))

/** The edge where reading lines end, so that the tab is not where they begin. */
export const sideOf = (direction: string): Side => (direction === 'rtl' ? 'left' : 'right')
