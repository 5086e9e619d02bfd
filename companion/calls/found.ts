/** Calls that reached a number of ours while no companion answered: Twilio's fallback took them, and they become missed threads afterwards. */
import { randomUUID } from 'node:crypto'
import { type Channel, findChannelOfNumber } from '../channels/channel.ts'
import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { addSystemEntry } from '../threads/entries.ts'
import type { ProviderCall } from '../twilio/provider.ts'
import { partyNumber } from './anonymous.ts'
import { gatherRecordings } from './mend.ts'
import { saveMissed } from './missed.ts'
import type { CallsParts } from './parts.ts'
import { findCallOfLeg } from './rows.ts'

/** The row of `settings` that says up to when Twilio's list was read: `{until: ISO instant}`. */
const SEEN = 'calls-seen'
/** A call may go on for so long before it is in the list as ended. Milliseconds. */
const OVERLAP_MS = 15 * 60_000
/** Its own callbacks come first. Milliseconds. */
const SETTLE_MS = 10_000

/** Reads Twilio's list of calls to our numbers since the last time. The first time ever there is nothing to find. */
export async function findUnheardCalls(parts: CallsParts): Promise<void> {
  const { db } = parts.store
  const now = parts.clock.now()
  const seen = await db.selectFrom('settings').select('value').where('key', '=', SEEN).executeTakeFirst()
  if (seen) {
    const since = new Date(new Date((seen.value as { until: string }).until).getTime() - OVERLAP_MS)
    const numbers = await db
      .selectFrom('channels')
      .innerJoin('numbers', 'numbers.id', 'channels.number_id')
      .select('numbers.e164')
      .execute()
    for (const { e164 } of numbers) {
      for (const leg of await parts.provider.listCalls(e164, since)) {
        if (leg.endedAt && leg.endedAt.getTime() <= now.getTime() - SETTLE_MS) await adopt(parts, leg)
      }
    }
  }
  const value = { until: now.toISOString() }
  await parts.store.write((writer) =>
    writer.db
      .insertInto('settings')
      .values({ key: SEEN, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute(),
  )
}

/** Twilio told the end of a call that we do not know. */
export async function findUnheardCall(parts: CallsParts, leg: string): Promise<void> {
  const call = await parts.provider.fetchCall(leg)
  if (call?.endedAt && call.direction === 'inbound') await adopt(parts, call)
}

/** Makes the missed thread, once, and fetches the message. */
async function adopt(parts: CallsParts, leg: ProviderCall): Promise<void> {
  if (await findCallOfLeg(parts.store.db, leg.sid)) return
  const row = await parts.store.write(async (writer) => {
    const channel = await findChannelOfNumber(writer.db, leg.to)
    const call = channel && (await insertFound(writer, leg, channel))
    if (!call) return undefined
    const missed = await saveMissed(writer, call)
    if (missed.thread_id) await addSystemEntry(writer, missed.thread_id, 'found-afterwards', {}, call.id)
    return missed
  })
  if (!row) return
  parts.log.warn({ call: row.id }, 'a call was found afterwards')
  await gatherRecordings(parts, row)
}

/** Undefined where its own webhook, or another companion, was quicker. */
async function insertFound({ db, now }: Writer, leg: ProviderCall, channel: Channel): Promise<CallRow | undefined> {
  const key = `inbound:${leg.sid}`
  const fresh = await db
    .insertInto('webhooks')
    .values({ key, answer: '', at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!fresh) return undefined
  return db
    .insertInto('calls')
    .values({
      id: randomUUID(),
      provider_sid: leg.sid,
      channel_id: channel.id,
      direction: 'inbound',
      from_number: partyNumber(leg.from),
      to_number: leg.to,
      contact: null,
      state: 'ended',
      arrived_at: leg.startedAt ?? leg.endedAt ?? now,
      ended_at: leg.endedAt ?? now,
      outcome: 'missed',
      missed_reason: channel.enabled ? 'companion-down' : 'disabled',
      checked_at: now,
    })
    .returningAll()
    .executeTakeFirst()
}
