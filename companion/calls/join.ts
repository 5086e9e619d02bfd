/** The winner's leg asks to be let in. */

import type { Reader } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { userIdFrom } from '../twilio/identity.ts'
import { agentDocument, hangUpDocument } from './documents.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'
import { lockCall, patchCall } from './rows.ts'

export interface Join {
  CallSid: string
  From: string
  /** The parameters that the browser gave to `device.connect()`. */
  call: string
  epoch: number
  browser: string
}

/** So long a leg waits at the door for its claim, milliseconds. Twilio gives a webhook 15 s. */
const CLAIM_MS = 3000

/**
 * Lets in only the leg of the current claim: this user, this epoch, this browser, and one. Anybody else is hung up on. A leg leaves the browser
 * together with its claim, so it may be here first: then it waits until somebody has the call.
 */
export async function agentJoined(parts: CallsParts, join: Join): Promise<string> {
  const { store, pause } = parts
  let look = () => {}
  const changed = new Promise<void>((resolve) => {
    look = resolve
  })
  const stop = store.onEvents((events) => {
    if (events.some(({ event }) => event.type === 'call-changed' && event.call.id === join.call)) look()
  })
  try {
    const answer = await decide(parts, join, isUndecided)
    if (answer !== undefined) return answer
    await Promise.race([changed, pause(CLAIM_MS)])
    return (await decide(parts, join)) ?? hangUpDocument()
  } finally {
    stop()
  }
}

/** The answer to this leg; undefined, and nothing is written, where the call is one of those that it waits for. */
function decide(parts: CallsParts, join: Join, waitsFor?: (call: CallRow, join: Join) => boolean): Promise<string | undefined> {
  return parts.store.write(async (writer) => {
    const call = await lockCall(writer, join.call)
    if (call && waitsFor?.(call, join)) return undefined
    return once(writer, `join:${join.CallSid}`, { callId: join.call }, async () => {
      const why = call ? (whyNot(call, join) ?? (await whyNotUser(writer.db, call.claimed_by))) : 'unknown call'
      if (!call || why) {
        parts.log.warn({ call: call?.id, leg: join.CallSid, why }, 'a leg was turned away')
        return hangUpDocument()
      }
      await patchCall(writer, call.id, { agent_sid: join.CallSid })
      writer.afterCommit(() => void parts.letIn.emit(call.id))
      const before = call.agent_sid
      if (before !== null) writer.afterCommit(() => parts.provider.endCall(before))
      return agentDocument({ publicUrl: parts.publicUrl, call })
    })
  })
}

const isUndecided = (call: CallRow, join: Join) => call.state === 'ringing' && call.epoch === join.epoch - 1

/** Somebody who was switched off in the very moment of their claim. The lease ends, and others are rung. */
async function whyNotUser(db: Reader, userId: string | null): Promise<string | undefined> {
  if (userId === null) return undefined
  const user = await db.selectFrom('users').select('disabled_at').where('id', '=', userId).executeTakeFirst()
  return user?.disabled_at ? 'the user is switched off' : undefined
}

function whyNot(call: CallRow, join: Join): string | undefined {
  if (call.state !== 'claimed') return `the call is ${call.state}`
  if (call.epoch !== join.epoch) return 'stale epoch'
  if (call.claimed_by !== userIdFrom(join.From)) return 'not the winner'
  if (call.browser_id !== join.browser) return 'another browser'
  // One that came before and is not in: it may have been hung up at the door already. The newer one takes its place.
  if (call.agent_in) return 'a leg of this claim is in already'
  return undefined
}
