import type { CallRow } from '../store/tables.ts'
import { moveCaller } from './caller.ts'
import type { CallsParts } from './parts.ts'
import { type Loss, ringAgain } from './ring-again.ts'
import { lockCall } from './rows.ts'

/** Takes the call from its agent and rings again; then moves the caller and ends the agent's leg. */
export async function loseAgent(parts: CallsParts, { id, epoch, claimed_by }: CallRow, loss: Loss): Promise<CallRow | undefined> {
  return parts.store.write(async (writer) => {
    // `audio-failed` is written to the user, who comes before the call in the order of locks (store.ts). Of this epoch nobody else can be the holder.
    if (claimed_by) await writer.db.selectFrom('users').select('id').where('id', '=', claimed_by).forNoKeyUpdate().execute()
    const call = await lockCall(writer, id)
    if (call?.epoch !== epoch || (call.state !== 'claimed' && call.state !== 'live')) return undefined
    // They meant it: whoever said so, or the sweep, ends the call.
    if (call.hang_up_by) return undefined
    const row = await ringAgain(writer, call, loss)
    if (!row) return undefined
    parts.log.warn({ call: id, loss, state: row.state }, 'a call lost its agent')
    writer.afterCommit(() => followLoss(parts, call, row))
    return row
  })
}

export async function followLoss(parts: CallsParts, before: CallRow, row: CallRow): Promise<void> {
  await moveCaller(parts, row.id, row.epoch)
  // A leg that only seemed dead. The conference itself is never ended here: a caller who could not be moved may still be in it (P3).
  if (before.agent_sid) await parts.provider.endCall(before.agent_sid)
}
