/** What a party hears, frame by frame, and who decides it at the moment. */

import { createPlayer } from '../media/player.ts'
import { FRAME_SAMPLES, type Frame } from '../media/port.ts'

export const SILENCE: Frame = new Int16Array(FRAME_SAMPLES)

/** Gives the next 20 ms in each tick, also in skipped ones; null is silence. */
export interface Source {
  next(): Frame | null
}

/** A place in which one source at a time may speak: a leg's earpiece, a member's private waiting room. */
export interface Mouth {
  source: Source | undefined
}

/** Plays samples into the mouth; resolves at their end or at the abort, with the mouth empty again. A loop ends only by the abort. */
export function playInto(mouth: Mouth, samples: Int16Array, signal: AbortSignal, loop = false): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || samples.length === 0) return resolve()
    const player = createPlayer(samples, loop)
    const source: Source = {
      next() {
        const frame = player.next()
        if (!frame) finish()
        return frame
      },
    }
    const finish = () => {
      signal.removeEventListener('abort', finish)
      if (mouth.source === source) mouth.source = undefined
      resolve()
    }
    signal.addEventListener('abort', finish, { once: true })
    mouth.source = source
  })
}
