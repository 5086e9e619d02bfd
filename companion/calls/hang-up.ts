import { type Call, RingsideError } from '../../utils/protocol/index.ts'
import { withoutData } from '../http/errors.ts'
import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { ownThread } from '../threads/threads.ts'
import { callerLeft } from './ending.ts'
import { loseAgent } from './lose-agent.ts'
import type { CallsParts } from './parts.ts'
import { settleLine, withdraw } from './ring.ts'
import { advance, findCall, lockCall, patchCall } from './rows.ts'
import { viewCall } from './view.ts'

/** So long a caller who was sent to voicemail only hears the greeting; later they may be speaking, and a message is not cut. Milliseconds. */
const GREETING_MS = 30_000

interface Wish {
  callId: string
  userId: string
  /** Of the claim. */
  epoch: number
}

/**
 * The intent first, then the legs: a leg that leaves without an intent is a crash. Where Twilio cannot be reached the intent stays, and the sweep
 * carries it out. Before the caller is heard it gives the call back: the others ring. An intent that comes after its leg, because we could not be
 * reached, still ends the call, unless somebody else has it by now. Said twice it does no more. Errors: unknown_call, call_over, stale_epoch.
 */
export async function hangUpCall(parts: CallsParts, wish: Wish): Promise<Call> {
  const call = await parts.store.write(async (writer) => {
    const row = await lockCall(writer, wish.callId)
    if (!row) throw new RingsideError('unknown_call')
    if (wasTheirs(row, wish)) return takeBack(writer, row, wish.userId)
    if (row.claimed_by !== wish.userId) throw new RingsideError('call_over')
    if (row.epoch !== wish.epoch) throw new RingsideError('stale_epoch')
    return row.state === 'live' ? patchCall(writer, row.id, { hang_up_by: wish.userId }) : row
  })
  if (call.state === 'claimed') await loseAgent(parts, call, 'given-back')
  if (call.state === 'live') await endLegs(parts, call.id, call.provider_sid)
  return viewCall(parts.store.db, (await findCall(parts.store.db, call.id)) ?? call)
}

/** Their leg left, and nobody has claimed the call since, not even they: each claim has an epoch of its own. */
function wasTheirs({ lost_talk, epoch }: CallRow, wish: Wish): boolean {
  return lost_talk?.userId === wish.userId && lost_talk.epoch === wish.epoch && epoch === wish.epoch + 1
}

/** Theirs again, so that it can be hung up like any other: the ring ends, the thread is no longer missed. Error: call_over. */
async function takeBack(writer: Writer, row: CallRow, userId: string): Promise<CallRow> {
  // Asked again.
  if (row.claimed_by === userId) return row
  const { lost_talk: talk } = row
  const speaking = row.state === 'voicemail' && writer.now.getTime() > Date.parse(talk?.at ?? '') + GREETING_MS
  const change = { claimed_by: userId, hang_up_by: userId, live_at: new Date(talk?.liveAt ?? ''), ring_until: null, missed_reason: null }
  const call = speaking ? undefined : await advance(writer, row, 'taken-back', { ...change, checked_at: writer.now })
  if (!call) throw new RingsideError('call_over')
  const holder = await writer.db.selectFrom('users').select(['id', 'name']).where('id', '=', userId).executeTakeFirstOrThrow()
  await settleLine(writer, call.id, userId, 'answered')
  await withdraw(writer, call.id, { verdict: 'lost', reason: 'answered', epoch: call.epoch, lostTo: holder, alsoTell: [userId] })
  if (call.thread_id) await ownThread(writer, call.thread_id, userId)
  return call
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
