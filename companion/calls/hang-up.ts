import { type Call, RingsideError } from '../../utils/protocol/index.ts'
import { withoutData } from '../http/errors.ts'
import { callerLeft } from './ending.ts'
import { loseAgent } from './lose-agent.ts'
import type { CallsParts } from './parts.ts'
import { findCall, lockCall, patchCall } from './rows.ts'
import { viewCall } from './view.ts'

/**
 * The intent first, then the legs: a leg that leaves without an intent is a crash. Where Twilio cannot be reached the intent stays, and the sweep
 * carries it out. Before the caller is heard it gives the call back: the others ring. Errors: unknown_call, call_over, stale_epoch.
 */
export async function hangUpCall(parts: CallsParts, wish: { callId: string; userId: string; epoch: number }): Promise<Call> {
  const call = await parts.store.write(async (writer) => {
    const row = await lockCall(writer, wish.callId)
    if (!row) throw new RingsideError('unknown_call')
    if (row.claimed_by !== wish.userId) throw new RingsideError('call_over')
    if (row.epoch !== wish.epoch) throw new RingsideError('stale_epoch')
    return row.state === 'live' ? patchCall(writer, row.id, { hang_up_by: wish.userId }) : row
  })
  if (call.state === 'claimed') await loseAgent(parts, call, 'given-back')
  if (call.state === 'live') await endLegs(parts, call.id, call.provider_sid)
  return viewCall(parts.store.db, (await findCall(parts.store.db, call.id)) ?? call)
}

/** The conference ends with the caller's leg, and the agent's with the conference. */
async function endLegs(parts: CallsParts, callId: string, callerSid: string): Promise<void> {
  try {
    await parts.provider.endCall(callerSid)
  } catch (err) {
    return parts.log.warn({ call: callId, ...withoutData(err) }, 'a call could not be hung up yet')
  }
  await parts.store.write(async (writer) => {
    const row = await lockCall(writer, callId)
    if (row) await callerLeft(writer, row)
  })
}
