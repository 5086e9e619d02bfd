/** A call that lost its agent: it rings again. The caller is never hung up for it (P3). */

import { RING_LIMIT } from '../../utils/protocol/index.ts'
import { readChannel, readChannelUsers } from '../channels/channel.ts'
import type { Writer } from '../store/store.ts'
import type { CallRow, LostTalk } from '../store/tables.ts'
import { addSystemEntry } from '../threads/entries.ts'
import { ringOver, tellHolder } from './ending.ts'
import { offer, settleLine } from './ring.ts'
import { advance } from './rows.ts'

/** Why it lost them: no sound within the lease; hung up before the caller was there; or their leg left by itself (a crash). */
export type Loss = 'audio-failed' | 'given-back' | 'agent-left'

/**
 * Rings everybody who can be reached, for the whole ring time again; who declined stays silent (RO4). After `audio-failed` and `given-back` the
 * former holder is not rung, after a crash they are. Nobody left: voicemail. Undefined where something else was quicker.
 */
export async function ringAgain(writer: Writer, call: CallRow, loss: Loss): Promise<CallRow | undefined> {
  const channel = await readChannel(writer.db, call.channel_id)
  const row = await advance(writer, call, 'rang-again', {
    epoch: call.epoch + 1,
    claimed_by: null,
    browser_id: null,
    lease_until: null,
    ring_until: new Date(writer.now.getTime() + channel.ringSeconds * 1000),
    agent_sid: null,
    conference_sid: null,
    caller_in: false,
    agent_in: false,
    live_at: null,
    hang_up_by: null,
    lost_talk: lostTalk(call, loss, writer.now),
    // Whoever does this moves the caller too: the sweep looks only where they did not.
    checked_at: writer.now,
  })
  if (!row) return undefined
  const holderId = call.claimed_by
  if (holderId) await settleHolder(writer, call.id, holderId, loss)
  if (row.thread_id)
    await addSystemEntry(writer, row.thread_id, 'rang-again', { because: loss, ...(await nameOf(writer, holderId)) }, row.id)
  await tellHolder(writer, row, holderId)
  const silent = await whoStaysSilent(writer, call.id, loss === 'agent-left' ? null : holderId)
  const users = await readChannelUsers(writer.db, call.channel_id, writer.now)
  const ring = users.filter((user) => user.status === 'ready' && !silent.has(user.id)).slice(0, RING_LIMIT)
  if (ring.length === 0) return ringOver(writer, row, 'nobody-reachable')
  await offer(
    writer,
    row,
    ring.map((user) => ({ userId: user.id, verdict: 'ringing', reason: null })),
  )
  return row
}

/** What a hang-up that comes late will belong to. */
function lostTalk({ claimed_by, live_at, epoch }: CallRow, loss: Loss, now: Date): LostTalk | null {
  if (loss !== 'agent-left' || !claimed_by || !live_at) return null
  return { userId: claimed_by, epoch, liveAt: live_at.toISOString(), at: now.toISOString() }
}

async function settleHolder(writer: Writer, callId: string, holderId: string, loss: Loss): Promise<void> {
  if (loss === 'given-back') await settleLine(writer, callId, holderId, 'declined')
  if (loss !== 'audio-failed') return
  await settleLine(writer, callId, holderId, 'audio-failed')
  await writer.db.updateTable('users').set({ audio_failed_at: writer.now }).where('id', '=', holderId).execute()
}

async function whoStaysSilent({ db }: Writer, callId: string, holderId: string | null): Promise<Set<string>> {
  const declined = await db.selectFrom('ledger').select('user_id').where('call_id', '=', callId).where('verdict', '=', 'declined').execute()
  return new Set([...declined.map((line) => line.user_id), ...(holderId ? [holderId] : [])])
}

async function nameOf({ db }: Writer, userId: string | null): Promise<Record<string, string>> {
  const user = userId && (await db.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirst())
  return user ? { name: user.name } : {}
}
