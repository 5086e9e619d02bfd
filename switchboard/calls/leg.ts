/** A leg: a call's facts, the line at its far end, and what is said and heard on it. */
import type { Line } from '../exchange.ts'
import type { Frame } from '../media/port.ts'
import type { Fallback } from '../programs/stage.ts'
import { type Mouth, SILENCE } from '../sound/source.ts'
import type { Call } from './call.ts'

/** Hears what the far end said and what it was told in the same 20 ms. */
export type Tap = (heard: Frame, told: Frame) => void

export interface Leg {
  readonly call: Call
  line?: Line
  /** Stops ringing a far end that has not answered yet. */
  stopRinging?: () => void
  /** What the far end said in this tick. */
  heard: Frame
  /** What the far end is told. */
  readonly mouth: Mouth
  readonly taps: Set<Tap>
  readonly digitListeners: Set<(digit: string) => void>
  /** Aborted when the leg has ended, whoever ended it. */
  readonly over: AbortController
  /** The TwiML that runs on it. */
  program?: AbortController
  /** Where to turn when a document fails; a redirect by REST keeps it unless it brings its own. */
  fallback?: Fallback
  /** Number of the next status callback, from 0. */
  sequence: number
}

export function createLeg(call: Call): Leg {
  return {
    call,
    heard: SILENCE,
    mouth: { source: undefined },
    taps: new Set(),
    digitListeners: new Set(),
    over: new AbortController(),
    sequence: 0,
  }
}

/** First half of a tick: what the far end said. In a skipped tick the line's queue is emptied and counts as silence. */
export function listenTo(leg: Leg, skipped: boolean) {
  const frame = leg.line?.port.read() ?? null
  leg.heard = skipped || !frame ? SILENCE : frame
}

/** Second half: what it hears. In a skipped tick sources move on and nothing is sent. */
export function speakTo(leg: Leg, skipped: boolean) {
  const told = leg.mouth.source?.next() ?? SILENCE
  for (const tap of [...leg.taps]) tap(leg.heard, skipped ? SILENCE : told)
  if (!skipped) leg.line?.port.write(told)
}
