import type { Call } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'

/** A call as people see it. */
export async function viewCall(db: Reader, row: CallRow): Promise<Call> {
  const names = await db
    .selectFrom('channels')
    .leftJoin('users as holder', (join) => join.on('holder.id', '=', row.claimed_by))
    .select(['channels.name as channel', 'holder.name as holder'])
    .where('channels.id', '=', row.channel_id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    state: row.state,
    direction: row.direction,
    channel: { id: row.channel_id, name: names.channel },
    from: row.from_number,
    to: row.to_number,
    contact: row.contact,
    epoch: row.epoch,
    claimedBy: row.claimed_by === null ? null : { id: row.claimed_by, name: names.holder ?? '' },
    ringUntil: row.ring_until?.toISOString() ?? null,
    arrivedAt: row.arrived_at.toISOString(),
    liveAt: row.live_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    outcome: row.outcome,
    missedReason: row.missed_reason,
    threadId: row.thread_id,
  }
}

/** What rings for this user now. */
export async function listOffers(db: Reader, userId: string): Promise<Call[]> {
  const rows = await db
    .selectFrom('calls')
    .innerJoin('ledger', 'ledger.call_id', 'calls.id')
    .selectAll('calls')
    .where('calls.state', '=', 'ringing')
    .where('ledger.user_id', '=', userId)
    .where('ledger.verdict', '=', 'ringing')
    .orderBy('calls.arrived_at')
    .execute()
  const offers = []
  for (const row of rows) offers.push(await viewCall(db, row))
  return offers
}

/** The call that this user holds. */
export async function findHeldCall(db: Reader, userId: string): Promise<Call | null> {
  const row = await db
    .selectFrom('calls')
    .selectAll()
    .where('claimed_by', '=', userId)
    .where('state', 'in', ['claimed', 'live'])
    .orderBy('arrived_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? viewCall(db, row) : null
}
