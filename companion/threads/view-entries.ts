import type { Entry, LedgerLine, UserRef } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'
import type { CallRow, EntryRow, LedgerRow, NoteBody, SystemBody, VoicemailBody } from '../store/tables.ts'
import { userRefs } from './view.ts'

/** Entries as people see them, in the order of the rows. A call's is read from the call and its ledger, so it cannot disagree with them. */
export async function viewEntries(db: Reader, rows: readonly EntryRow[]): Promise<Entry[]> {
  const callIds = rows.flatMap((row) => (row.type === 'call' && row.call_id ? [row.call_id] : []))
  const calls = callIds.length > 0 ? await db.selectFrom('calls').selectAll().where('id', 'in', callIds).execute() : []
  const ledger = callIds.length > 0 ? await db.selectFrom('ledger').selectAll().where('call_id', 'in', callIds).execute() : []
  const users = await userRefs(db, [...rows.map((row) => row.author_id), ...ledger.flatMap((line) => [line.user_id, line.lost_to])])
  const callsById = new Map(calls.map((call) => [call.id, call]))
  const ledgers = Map.groupBy(ledger, (line) => line.call_id)
  return rows.map((row) => {
    const common = {
      id: row.id,
      threadId: row.thread_id,
      at: row.at.toISOString(),
      author: (row.author_id && users.get(row.author_id)) || null,
      seq: row.seq,
    }
    // What is in `body` was written by this program, by the type of its row.
    if (row.type === 'note') return { ...common, type: 'note', callId: row.call_id, ...(row.body as NoteBody) }
    if (row.type === 'system') return { ...common, type: 'system', ...(row.body as SystemBody) }
    const callId = row.call_id ?? ''
    if (row.type === 'voicemail') return { ...common, type: 'voicemail', callId, ...(row.body as VoicemailBody) }
    const call = callsById.get(callId)
    if (!call) throw new Error(`entry ${row.id} has no call`)
    return { ...common, type: 'call', callId, ...viewCallPart(call), ledger: viewLedger(ledgers.get(callId) ?? [], users) }
  })
}

export async function viewEntry(db: Reader, row: EntryRow): Promise<Entry> {
  const [entry] = await viewEntries(db, [row])
  if (!entry) throw new Error('one row is one entry')
  return entry
}

function viewCallPart(call: CallRow) {
  const talked = call.live_at && call.ended_at && call.ended_at.getTime() - call.live_at.getTime()
  return {
    direction: call.direction,
    from: call.from_number,
    to: call.to_number,
    outcome: call.outcome,
    missedReason: call.missed_reason,
    seconds: talked === null ? null : Math.max(0, Math.round(talked / 1000)),
  }
}

/** Who rang first, then who was skipped, each by name. */
function viewLedger(lines: readonly LedgerRow[], users: Map<string, UserRef>): LedgerLine[] {
  const view = (line: LedgerRow): LedgerLine => ({
    user: users.get(line.user_id) ?? { id: line.user_id, name: '' },
    verdict: line.verdict,
    reason: line.reason,
    lostTo: (line.lost_to && users.get(line.lost_to)) || null,
    rangAt: line.rang_at?.toISOString() ?? null,
    toldAt: line.told_at?.toISOString() ?? null,
    settledAt: line.settled_at?.toISOString() ?? null,
  })
  return lines
    .map(view)
    .sort((a, b) => Number(a.verdict === 'skipped') - Number(b.verdict === 'skipped') || a.user.name.localeCompare(b.user.name))
}
