import type { LedgerVerdict, SkipReason, UserRef, WithdrawReason } from '../../utils/protocol/index.ts'
import type { RouteLine } from '../routing/route.ts'
import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { viewCall } from './view.ts'

/** Writes what the router said of each user, and rings those whom it chose. A user's earlier line of this call is overwritten. */
export async function offer(writer: Writer, call: CallRow, lines: readonly RouteLine[]): Promise<void> {
  if (lines.length === 0) return
  const { db, now } = writer
  const rows = lines.map((line) => ({
    call_id: call.id,
    user_id: line.userId,
    epoch: call.epoch,
    verdict: line.verdict,
    reason: line.reason,
    rang_at: line.verdict === 'ringing' ? now : null,
    lost_to: null,
    told_at: null,
    settled_at: line.verdict === 'ringing' ? null : now,
  }))
  await db
    .insertInto('ledger')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['call_id', 'user_id']).doUpdateSet((eb) => ({
        epoch: eb.ref('excluded.epoch'),
        verdict: eb.ref('excluded.verdict'),
        reason: eb.ref('excluded.reason'),
        rang_at: eb.ref('excluded.rang_at'),
        lost_to: null,
        told_at: null,
        settled_at: eb.ref('excluded.settled_at'),
      })),
    )
    .execute()
  const rung = rows.filter((row) => row.verdict === 'ringing').map((row) => row.user_id)
  if (rung.length > 0) await writer.emit(rung, { type: 'call-offered', call: await viewCall(db, call) })
}

export interface Withdrawal {
  /** What the ledger says of those who still ring. */
  verdict: Exclude<LedgerVerdict, 'ringing'>
  /** What their browsers are told. */
  reason: WithdrawReason
  /** The epoch of the ring that ends; a claim has raised the call's by then. */
  epoch: number
  /** Only this user; else everybody who still rings. */
  userId?: string
  skipReason?: SkipReason
  lostTo?: UserRef
  /** Told as well, though their line says something else: the winner's other browsers. */
  alsoTell?: readonly string[]
}

/** Ends the ring for one user or for all, in the ledger and in the browsers. Answers who was still ringing. */
export async function withdraw(writer: Writer, callId: string, withdrawal: Withdrawal): Promise<string[]> {
  const { verdict, reason, epoch, userId, skipReason = null, lostTo, alsoTell = [] } = withdrawal
  const settled = await writer.db
    .updateTable('ledger')
    .set({ verdict, reason: skipReason, lost_to: lostTo?.id ?? null, settled_at: writer.now })
    .where('call_id', '=', callId)
    .where('verdict', '=', 'ringing')
    .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
    .returning('user_id')
    .execute()
  const rang = settled.map((row) => row.user_id)
  const told = [...rang, ...alsoTell]
  if (told.length > 0) await writer.emit(told, { type: 'call-withdrawn', callId, epoch, reason, by: lostTo ?? null })
  return rang
}

/** Who rings for this call now. */
export async function ringingUsers(writer: Writer, callId: string): Promise<string[]> {
  const rows = await writer.db
    .selectFrom('ledger')
    .select('user_id')
    .where('call_id', '=', callId)
    .where('verdict', '=', 'ringing')
    .execute()
  return rows.map((row) => row.user_id)
}

/** One user's line, without any event. */
export async function settleLine(writer: Writer, callId: string, userId: string, verdict: LedgerVerdict): Promise<void> {
  await writer.db
    .updateTable('ledger')
    .set({ verdict, reason: null, lost_to: null, settled_at: writer.now })
    .where('call_id', '=', callId)
    .where('user_id', '=', userId)
    .execute()
}
