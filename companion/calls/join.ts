/** The winner's leg asks to be let in. */

import type { Reader } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { userIdFrom } from '../twilio/identity.ts'
import { agentDocument, hangUpDocument } from './documents.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'
import { lockCall, patchCall } from './rows.ts'
import { hashTicket } from './tickets.ts'

export interface Join {
  CallSid: string
  From: string
  /** The parameters that the browser gave to `device.connect()`. */
  call: string
  epoch: number
  ticket: string
}

/** Lets in only the leg of the current claim: this user, this epoch, this ticket, and only once. Anybody else is hung up on. */
export async function agentJoined(parts: CallsParts, join: Join): Promise<string> {
  return parts.store.write((writer) =>
    once(writer, `join:${join.CallSid}`, { callId: join.call }, async () => {
      const call = await lockCall(writer, join.call)
      const why = call ? (whyNot(call, join) ?? (await whyNotUser(writer.db, call.claimed_by))) : 'unknown call'
      if (!call || why) {
        parts.log.warn({ call: call?.id, leg: join.CallSid, why }, 'a leg was turned away')
        return hangUpDocument()
      }
      await patchCall(writer, call.id, { agent_sid: join.CallSid })
      return agentDocument({ publicUrl: parts.publicUrl, call })
    }),
  )
}

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
  if (call.ticket_hash !== hashTicket(join.ticket)) return 'wrong ticket'
  if (call.agent_sid !== null) return 'the ticket was used'
  return undefined
}
