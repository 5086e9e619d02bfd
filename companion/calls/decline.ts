import { RingsideError } from '../../utils/protocol/index.ts'
import { moveCaller } from './caller.ts'
import { ringOverIfNobodyLeft } from './ending.ts'
import type { CallsParts } from './parts.ts'
import { withdraw } from './ring.ts'
import { lockCall } from './rows.ts'

/**
 * Silences this user's browsers only (RO4); the last one who declines sends the caller to voicemail. A ring that ended by itself, or was declined
 * before, needs no declining: nothing happens. Errors: unknown_call, stale_epoch.
 */
export async function declineCall(
  parts: CallsParts,
  { callId, userId, epoch }: { callId: string; userId: string; epoch: number },
): Promise<void> {
  await parts.store.write(async (writer) => {
    const call = await lockCall(writer, callId)
    const line = await writer.db
      .selectFrom('ledger')
      .select(['verdict', 'rang_at'])
      .where('call_id', '=', callId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (!call || !line?.rang_at) throw new RingsideError('unknown_call')
    if (call.state !== 'ringing' || line.verdict !== 'ringing') return
    if (call.epoch !== epoch) throw new RingsideError('stale_epoch')
    await withdraw(writer, callId, { verdict: 'declined', reason: 'declined', epoch, userId })
    const over = await ringOverIfNobodyLeft(writer, call)
    if (over) writer.afterCommit(() => moveCaller(parts, over.id, over.epoch))
  })
}
