/** Somebody's status changed while calls ring: they fall silent, or ring too. */

import { RING_LIMIT } from '../../utils/protocol/index.ts'
import { withoutData } from '../http/errors.ts'
import { statusesOf } from '../people/statuses.ts'
import type { FeedEvent, Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { moveCaller } from './caller.ts'
import { ringOverIfNobodyLeft } from './ending.ts'
import type { CallsParts } from './parts.ts'
import { offer, ringingUsers, withdraw } from './ring.ts'
import { lockCall } from './rows.ts'

/** A worker that is started anew, or a page that is reloaded, is back by then. Milliseconds. */
const OFFLINE_GRACE_MS = 5000
/** A ring shorter than this helps nobody. Milliseconds. */
const LEAST_RING_MS = 3000

/** Follows the feed; every companion does, and the rows see to it that it happens once. Answers its end. */
export function followStatuses(parts: CallsParts): () => void {
  return parts.store.onEvents((events) => {
    for (const { event } of events) if (event.type === 'me-changed') followStatus(parts, event)
  })
}

function followStatus(parts: CallsParts, { me }: Extract<FeedEvent['event'], { type: 'me-changed' }>): void {
  const look = () =>
    void reconsider(parts, me.user.id).catch((err) => parts.log.error(withoutData(err), 'a ring could not follow a status'))
  if (me.status === 'offline') parts.later(new Date(parts.clock.now().getTime() + OFFLINE_GRACE_MS), look)
  else look()
}

/** Holds each ringing call of this user against their status as it is now. */
export async function reconsider(parts: CallsParts, userId: string): Promise<void> {
  const calls = await parts.store.db
    .selectFrom('calls')
    .innerJoin('ledger', 'ledger.call_id', 'calls.id')
    .select('calls.id')
    .where('calls.state', '=', 'ringing')
    .where('ledger.user_id', '=', userId)
    .where('ledger.verdict', 'in', ['ringing', 'skipped'])
    .execute()
  for (const { id } of calls) {
    await parts.store.write(async (writer) => {
      const call = await lockCall(writer, id)
      if (call?.state === 'ringing') await reconsiderCall(parts, writer, call, userId)
    })
  }
}

async function reconsiderCall(parts: CallsParts, writer: Writer, call: CallRow, userId: string): Promise<void> {
  const status = (await statusesOf(writer.db, [userId], writer.now)).get(userId)
  const ringing = await ringingUsers(writer, call.id)
  const rings = ringing.includes(userId)
  if (status?.status === 'ready') {
    const left = (call.ring_until?.getTime() ?? 0) - writer.now.getTime()
    if (!rings && left >= LEAST_RING_MS && ringing.length < RING_LIMIT && (await wasSkipped(writer, call.id, userId))) {
      await offer(writer, call, [{ userId, verdict: 'ringing', reason: null }])
    }
    return
  }
  if (!rings || !status) return
  const skipReason = status.status === 'blocked' ? (status.reason ?? 'voice-not-running') : status.status
  await withdraw(writer, call.id, { verdict: 'skipped', skipReason, reason: 'unreachable', epoch: call.epoch, userId })
  const over = await ringOverIfNobodyLeft(writer, call)
  if (over) writer.afterCommit(() => moveCaller(parts, over.id, over.epoch))
}

async function wasSkipped({ db }: Writer, callId: string, userId: string): Promise<boolean> {
  const line = await db
    .selectFrom('ledger')
    .select('verdict')
    .where('call_id', '=', callId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return line?.verdict === 'skipped'
}
