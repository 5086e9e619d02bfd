/** The guarded claim: who answers first has the call (RO2, P1). */
import { type Claim, type Contact, RingsideError } from '../../utils/protocol/index.ts'
import { statusesOf } from '../people/statuses.ts'
import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { openThread, ownThread } from '../threads/threads.ts'
import type { CallsParts } from './parts.ts'
import { settleLine, withdraw } from './ring.ts'
import { advance, findCall } from './rows.ts'
import { viewCall } from './view.ts'

/** A ring that nobody ended: while no companion ran, Twilio's timer sent the caller to the fallback, where they may be speaking. Milliseconds. */
const LATE_MS = 5000

export interface Acceptance {
  callId: string
  userId: string
  browserId: string
  /** Of the offer. */
  epoch: number
  contact: Contact | null
}

/**
 * Claims a ringing call. The winner who asks again from the same browser gets the same claim, and `first` is false.
 * Errors: unknown_call, call_taken {by}, call_over, stale_epoch, no_seat, not_reachable.
 */
export async function claimCall(parts: CallsParts, writer: Writer, wish: Acceptance): Promise<{ claim: Claim; first: boolean }> {
  const { db, now } = writer
  // Two browsers of one user who answer two calls at once: the second waits, and then sees that they hold one.
  await db.selectFrom('users').select('id').where('id', '=', wish.userId).forNoKeyUpdate().execute()
  const seen = await readOffered(writer, wish)
  if (isSameClaim(seen, wish)) return { claim: await viewClaim(writer, seen), first: false }
  if (seen.state !== 'ringing') throw await refusal(writer, seen, wish)
  if (now.getTime() > (seen.ring_until?.getTime() ?? 0) + LATE_MS) throw new RingsideError('call_over')
  await checkReachable(writer, wish.userId)
  const contact = wish.contact ?? seen.contact
  const call = await advance(writer, { id: wish.callId, epoch: wish.epoch }, 'accepted', {
    claimed_by: wish.userId,
    browser_id: wish.browserId,
    epoch: wish.epoch + 1,
    lease_until: new Date(now.getTime() + parts.leaseSeconds * 1000),
    ring_until: null,
    live_at: null,
    hang_up_by: null,
    agent_sid: null,
    conference_sid: null,
    caller_in: false,
    agent_in: false,
    contact,
    thread_id: seen.thread_id ?? (await openThread(writer, { ...threadOf(seen), contact, ownerId: wish.userId, missed: false })),
    checked_at: now,
  })
  // What was written before this is undone by the refusal.
  if (!call) throw await refusal(writer, (await findCall(db, wish.callId)) ?? seen, wish)
  // A second claim of the same call takes over the first one's thread.
  if (seen.thread_id) await ownThread(writer, seen.thread_id, wish.userId)
  const claim = await viewClaim(writer, call)
  await settleLine(writer, call.id, wish.userId, 'answered')
  const lostTo = claim.call.claimedBy ?? undefined
  await withdraw(writer, call.id, { verdict: 'lost', reason: 'answered', epoch: wish.epoch, lostTo, alsoTell: [wish.userId] })
  await writer.emit([wish.userId], { type: 'call-changed', call: claim.call })
  // The entry in the thread and the winner's status are told as the call goes live or is given up: they wait for nothing here, and the winner would.
  return { claim, first: true }
}

/** The call, if this user was ever rung for it: of other calls they shall not even learn that they exist. */
async function readOffered({ db }: Writer, { callId, userId }: Acceptance): Promise<CallRow> {
  const call = await db
    .selectFrom('calls')
    .innerJoin('ledger', 'ledger.call_id', 'calls.id')
    .selectAll('calls')
    .where('calls.id', '=', callId)
    .where('ledger.user_id', '=', userId)
    .where('ledger.rang_at', 'is not', null)
    .executeTakeFirst()
  if (!call) throw new RingsideError('unknown_call')
  return call
}

const isSameClaim = (call: CallRow, wish: Acceptance) =>
  (call.state === 'claimed' || call.state === 'live') && call.claimed_by === wish.userId && call.browser_id === wish.browserId

async function checkReachable({ db, now }: Writer, userId: string): Promise<void> {
  const status = (await statusesOf(db, [userId], now)).get(userId)
  if (status?.reason === 'no-seat') throw new RingsideError('no_seat')
  if (status?.status !== 'ready') throw new RingsideError('not_reachable')
}

async function refusal({ db }: Writer, call: CallRow, wish: Acceptance): Promise<RingsideError> {
  if (call.state === 'ringing') return new RingsideError('stale_epoch')
  if (call.claimed_by === null || (call.state !== 'claimed' && call.state !== 'live')) return new RingsideError('call_over')
  const holder = await db.selectFrom('users').select('name').where('id', '=', call.claimed_by).executeTakeFirstOrThrow()
  return new RingsideError('call_taken', { by: holder.name, you: String(call.claimed_by === wish.userId) })
}

const threadOf = (call: CallRow) => ({ channelId: call.channel_id, number: call.from_number })

async function viewClaim({ db }: Writer, call: CallRow): Promise<Claim> {
  const leaseUntil = call.lease_until ?? call.arrived_at
  return { call: await viewCall(db, call), epoch: call.epoch, leaseUntil: leaseUntil.toISOString() }
}
