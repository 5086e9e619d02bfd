/** How a ring, or a call, comes to its end. Every function here works on a locked row and answers the new one, or undefined where it was too late. */
import type { MissedReason } from '../../utils/protocol/index.ts'
import { emitMe } from '../people/me.ts'
import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { saveCallEntry } from '../threads/entries.ts'
import { saveMissed } from './missed.ts'
import { settleLine, withdraw } from './ring.ts'
import { advance } from './rows.ts'
import { viewCall } from './view.ts'

/** Nobody took it, or nobody is left who could: voicemail, and a missed thread already now. */
export async function ringOver(writer: Writer, call: CallRow, missedReason: MissedReason): Promise<CallRow | undefined> {
  const row = await advance(writer, call, 'ring-over', { missed_reason: missedReason, ring_until: null })
  if (!row) return undefined
  await withdraw(writer, call.id, { verdict: 'timed-out', reason: 'timed-out', epoch: call.epoch })
  return saveMissed(writer, row)
}

/** Ends the ring where nobody is left to ring: everybody declined, or went away. */
export async function ringOverIfNobodyLeft(writer: Writer, call: CallRow): Promise<CallRow | undefined> {
  const lines = await writer.db.selectFrom('ledger').select('verdict').where('call_id', '=', call.id).execute()
  if (lines.some((line) => line.verdict === 'ringing')) return undefined
  const declined = lines.some((line) => line.verdict === 'declined')
  return ringOver(writer, call, declined ? 'all-declined' : 'nobody-reachable')
}

/** The caller's leg is over, whoever ended it. `at` is when, where Twilio says so. */
export async function callerLeft(writer: Writer, call: CallRow, at: Date = writer.now): Promise<CallRow | undefined> {
  // Twilio gives whole seconds: a short call would end before it began.
  const endedAt = new Date(Math.max(at.getTime(), (call.live_at ?? call.arrived_at).getTime()))
  const row = await advance(writer, call, 'caller-left', {
    ended_at: endedAt,
    ring_until: null,
    lease_until: null,
    ...(await outcomeOf(writer, call)),
  })
  if (!row) return undefined
  await withdraw(writer, row.id, { verdict: 'caller-left', reason: 'caller-left', epoch: row.epoch })
  if (call.state === 'claimed' && call.claimed_by) await settleLine(writer, call.id, call.claimed_by, 'caller-left')
  await tellHolder(writer, row)
  if (call.state === 'ringing' || call.state === 'claimed') return saveMissed(writer, row)
  await saveCallEntry(writer, row.id)
  return row
}

async function outcomeOf({ db }: Writer, call: CallRow): Promise<Pick<CallRow, 'outcome'> & Partial<Pick<CallRow, 'missed_reason'>>> {
  if (call.state === 'live') return { outcome: 'answered' }
  const recording = await db.selectFrom('recordings').select('id').where('call_id', '=', call.id).limit(1).executeTakeFirst()
  if (call.state === 'voicemail') return { outcome: recording ? 'voicemail' : 'missed' }
  // A message before anybody asked for one: the fallback took it while no companion ran.
  return recording ? { outcome: 'voicemail', missed_reason: 'companion-down' } : { outcome: 'abandoned', missed_reason: 'caller-left' }
}

/** Both legs are in: the two hear each other. */
export async function goLiveIfBothIn(writer: Writer, call: CallRow): Promise<CallRow | undefined> {
  if (!call.caller_in || !call.agent_in) return undefined
  const row = await advance(writer, call, 'heard', { live_at: writer.now, lease_until: null })
  if (!row) return undefined
  await tellHolder(writer, row)
  await saveCallEntry(writer, row.id)
  return row
}

/** Tells who holds (or held) the call how it stands; their status follows from it. */
export async function tellHolder(writer: Writer, call: CallRow, holderId: string | null = call.claimed_by): Promise<void> {
  if (holderId === null) return
  await writer.emit([holderId], { type: 'call-changed', call: await viewCall(writer.db, call) })
  await emitMe(writer, holderId)
}
