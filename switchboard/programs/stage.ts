/** Where a verb runs: on which leg, into whose ear, from which document. */

import type { Leg } from '../calls/leg.ts'
import type { Queue } from '../calls/queues.ts'
import type { Room } from '../room.ts'
import type { Mouth } from '../sound/source.ts'
import { TwimlError } from '../twiml/parse.ts'

/** A TwiML document to be had, or at hand. */
export type DocumentSource =
  | { kind: 'url'; url: string; method: 'GET' | 'POST'; event: string; fields?: Record<string, string> }
  | { kind: 'twiml'; text: string }

/** Where to turn when a document cannot be had or run. */
export interface Fallback {
  url: string
  method: 'GET' | 'POST'
}

export interface Stage {
  room: Room
  leg: Leg
  /** Which ear hears: the leg's own, or the private one of somebody who waits or is on hold. */
  mouth: Mouth
  /** Aborted when the leg ends or something else is to run on it. */
  signal: AbortSignal
  /** Address of the running document; relative addresses in it start here. */
  base?: string
  /** The queue that the caller waits in while a waitUrl document runs. */
  queue?: Queue
}

/** What a verb leads to: the next verb (undefined), another document, the end of the call, or out of the queue. */
export type Step = undefined | { goto: DocumentSource } | 'hang-up' | 'leave'

/** Resolves an address that stands in a document. Throws a TwimlError where it is relative and there is nothing to start from. */
export function resolveAddress(stage: Stage, address: string): string {
  if (/^https?:\/\//i.test(address)) return address
  if (!stage.base) throw new TwimlError(11100, `"${address}" is relative, and this document has no address of its own`)
  const base = stage.base.split('#')[0]
  return new URL(address, base).toString()
}

/** Leads to the document at an address, or the running document again where none is given. */
export function gotoAddress(
  stage: Stage,
  address: string | undefined,
  method: 'GET' | 'POST',
  event: string,
  fields: Record<string, string> = {},
): Step {
  return { goto: { kind: 'url', url: resolveAddress(stage, address || stage.base || ''), method, event, fields } }
}

export function note(stage: Stage, text: string) {
  stage.room.log.add({ kind: 'verb', callSid: stage.leg.call.sid, text })
}
