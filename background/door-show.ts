import type { Snapshot, ToDoor } from '../utils/messages.ts'

export type Show = Extract<ToDoor, { type: 'show' }>

/** What a door shows beside the desk's state: its own iframe, and how the person arranged things. */
export interface DoorFacts {
  nonce: string
  ready: boolean
  height: number | null
  hidden: boolean
  places: Show['places']
}

/** What the door of one page is to show. Pure. Holds no caller data: the page could be reading along (OV4, OV6). */
export function showFor(snapshot: Snapshot, door: DoorFacts, words: (key: string) => string): Show {
  const size = frameFor(snapshot)
  const state = tabFor(snapshot)
  return {
    type: 'show',
    tab: door.hidden ? 'hidden' : state,
    frame: size && { size, nonce: door.nonce, height: door.height, ready: door.ready },
    label: words(`tab_${state}`),
    hideLabel: words('tab_hide'),
    places: door.places,
  }
}

/** Whether the iframe is needed: while something rings, is called, must be said, or notes are written. */
export function frameFor({ panel, offers, call, notice }: Snapshot): 'pilot' | 'panel' | null {
  if (panel) return 'panel'
  return offers.length > 0 || call || notice ? 'pilot' : null
}

export function tabFor({ line, me, offers, call }: Snapshot): Exclude<Show['tab'], 'hidden'> {
  if (offers.length > 0) return 'ringing'
  if (call && call.phase !== 'ended') return 'busy'
  if (line.state !== 'open' || !me) return 'offline'
  return me.status === 'wrapping-up' ? 'busy' : me.status
}
