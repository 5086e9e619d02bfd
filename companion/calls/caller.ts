/** What the caller hears now follows from the call's row alone; here it is told to Twilio. */

import { readChannel } from '../channels/channel.ts'
import { withoutData } from '../http/errors.ts'
import type { Reader } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { callerDocument, fetchDocument, hangUpDocument, ringingDocument, voicemailDocument } from './documents.ts'
import { callerLeft } from './ending.ts'
import type { CallsParts } from './parts.ts'
import { findCall, lockCall } from './rows.ts'

/** The TwiML for the caller's leg as the call stands. */
export async function callerHears(db: Reader, publicUrl: string, call: CallRow, now: Date): Promise<string> {
  if (call.state === 'ended') return hangUpDocument()
  if (call.state === 'claimed' || call.state === 'live') return callerDocument({ publicUrl, call })
  if (call.state === 'ringing') return ringingDocument({ publicUrl, call }, secondsLeft(call, now))
  const { greetings } = await readChannel(db, call.channel_id)
  return voicemailDocument({ publicUrl, call }, call.missed_reason === 'after-hours' ? greetings.afterHours : greetings.inHours)
}

/** Whole seconds until the ring ends by itself; at least one, so that a document is never empty. */
export function secondsLeft(call: Pick<CallRow, 'ring_until'>, now: Date): number {
  return Math.max(1, Math.round(((call.ring_until?.getTime() ?? 0) - now.getTime()) / 1000))
}

/** A redirect carries a document of so many characters at most (twilio.com/docs/api/errors/32018); a greeting may be longer. */
const LONGEST_DOCUMENT = 4000

/** Milliseconds before each new try. The provider itself tries again what Twilio says was not processed. */
const TRIES_AFTER = [0, 500, 1000, 2000, 4000, 8000]

/**
 * Redirects the caller's leg to what the call's state says, until Twilio took it, the call moved on, or a minute is over. It may fail: Twilio
 * still holds the ring's timer and then asks `unanswered`, which answers the same document; the sweep comes after that.
 */
export async function moveCaller(parts: CallsParts, callId: string, epoch: number): Promise<void> {
  for (const wait of TRIES_AFTER) {
    if (wait > 0 && !(await parts.pause(wait))) return
    const call = await findCall(parts.store.db, callId)
    // `caller_in`: `unanswered` brought them into the conference already; a redirect would throw them out of it and in again.
    if (!call || call.epoch !== epoch || call.state === 'ended' || call.caller_in) return
    const whole = await callerHears(parts.store.db, parts.publicUrl, call, parts.clock.now())
    const document = whole.length > LONGEST_DOCUMENT ? fetchDocument({ publicUrl: parts.publicUrl, call }) : whole
    try {
      const moved = await parts.provider.redirectCall(call.provider_sid, document)
      return moved ? undefined : await endAbandoned(parts, callId)
    } catch (error) {
      parts.log.warn({ call: callId, ...withoutData(error) }, 'the caller could not be redirected')
    }
  }
}

/** Twilio says that the leg is over. */
export async function endAbandoned(parts: CallsParts, callId: string, at?: Date): Promise<void> {
  await parts.store.write(async (writer) => {
    const call = await lockCall(writer, callId)
    if (call) await callerLeft(writer, call, at)
  })
}
