/** Twilio's timer: the ring time is over for the caller's leg. */

import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { callerHears } from './caller.ts'
import { hangUpDocument } from './documents.ts'
import { goLiveIfBothIn, ringOver } from './ending.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'
import { lockCall, patchCall } from './rows.ts'

/** A timer at Twilio may be so much early by our clock. Milliseconds. */
const EARLY_MS = 1000

/**
 * Answers what the caller shall hear now. Whoever was quicker has won: a call that is claimed meanwhile is answered with its conference, so that a
 * redirect that was lost does no harm; a ring that was begun again since rings on for what is left of it.
 */
export async function ringTimeEnded(parts: CallsParts, asked: { callId: string; epoch: number; key: string }): Promise<string> {
  return parts.store.write((writer) =>
    once(writer, `unanswered:${asked.key}`, { callId: asked.callId }, async () => {
      const call = await lockCall(writer, asked.callId)
      if (!call) return hangUpDocument()
      const row = (await settle(writer, call, asked.epoch)) ?? call
      return callerHears(writer.db, parts.publicUrl, row, writer.now)
    }),
  )
}

async function settle(writer: Writer, call: CallRow, epoch: number): Promise<CallRow | undefined> {
  if (call.state === 'ringing') {
    const due = call.epoch === epoch || writer.now.getTime() >= (call.ring_until?.getTime() ?? 0) - EARLY_MS
    return due ? ringOver(writer, call, 'ring-time-over') : undefined
  }
  if (call.state !== 'claimed' && call.state !== 'live') return undefined
  // The answer to this request is the caller's way in; a redirect that is still under way sees it and stops.
  const row = await patchCall(writer, call.id, { caller_in: true })
  return (await goLiveIfBothIn(writer, row)) ?? row
}
