import type { ChannelSummary } from '../../utils/protocol/index.ts'
import { askOwned } from '../numbers/ask-owned.ts'
import { wiringDifferences, wiringOf } from '../numbers/wiring.ts'
import type { Companion } from '../parts.ts'
import { isOpen, nextChange } from '../routing/hours.ts'
import type { Reader } from '../store/store.ts'
import { readChannel, readChannelUsers } from './channel.ts'

type Parts = Pick<Companion, 'store' | 'clock' | 'provider' | 'config' | 'log'>

/** Every channel that was not deleted, oldest first (MA1). The provider is asked once for all of them. */
export async function listChannels(parts: Parts): Promise<ChannelSummary[]> {
  const { db } = parts.store
  const rows = await db
    .selectFrom('channels')
    .leftJoin('numbers', 'numbers.id', 'channels.number_id')
    .select(['channels.id', 'channels.name', 'channels.enabled', 'channels.time_zone', 'numbers.e164'])
    .where('channels.deleted_at', 'is', null)
    .orderBy('channels.created_at')
    .orderBy('channels.id')
    .execute()
  const owned = rows.some((row) => row.e164 !== null) ? await askOwned(parts) : undefined
  const calls = await callsNow(db)
  const now = parts.clock.now()
  return Promise.all(
    rows.map(async (row): Promise<ChannelSummary> => {
      const channel = await readChannel(db, row.id)
      const users = await readChannelUsers(db, row.id, now)
      const number = owned?.find((each) => each.e164 === row.e164)
      const wired = number !== undefined && wiringDifferences(number, wiringOf(parts.config.twilio, channel)).length === 0
      return {
        id: row.id,
        name: row.name,
        number: row.e164,
        enabled: row.enabled,
        open: isOpen(channel, now),
        nextChange: nextChange(channel, now)?.toISOString() ?? null,
        timeZone: row.time_zone,
        users: users.length,
        reachable: users.filter((user) => user.status === 'ready').length,
        callsNow: calls.get(row.id) ?? 0,
        wired: row.e164 === null || owned === undefined ? null : wired,
      }
    }),
  )
}

async function callsNow(db: Reader): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('calls')
    .select(['channel_id', (eb) => eb.fn.countAll<number>().as('count')])
    .where('state', '!=', 'ended')
    .groupBy('channel_id')
    .execute()
  return new Map(rows.map((row) => [row.channel_id, row.count]))
}
