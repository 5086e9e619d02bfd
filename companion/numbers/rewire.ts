import { readChannel } from '../channels/channel.ts'
import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import type { Reader } from '../store/store.ts'
import type { NumberWiring } from '../twilio/provider.ts'
import { unwired, wiringOf } from './wiring.ts'

type Parts = Pick<Companion, 'store' | 'provider' | 'config' | 'log'>

/** What a number should tell the provider: of the channel that has it, or nothing. */
export async function wantedWiring(db: Reader, config: Companion['config'], numberId: string): Promise<NumberWiring> {
  const channel = await db
    .selectFrom('channels')
    .select('id')
    .where('number_id', '=', numberId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return channel ? wiringOf(config.twilio, await readChannel(db, channel.id)) : unwired
}

/**
 * Tells the provider what a number should do now, after a change was saved here. Where that fails the number counts as not wired, and can be
 * repaired by hand or at the next start; what was saved stays saved.
 */
export async function rewire(parts: Parts, which: { channelId: string } | { numberId: string }): Promise<void> {
  const { db } = parts.store
  const row = await db
    .selectFrom('numbers')
    .select(['id', 'provider_sid'])
    .where(
      'id',
      '=',
      'numberId' in which ? which.numberId : db.selectFrom('channels').select('number_id').where('id', '=', which.channelId),
    )
    .executeTakeFirst()
  if (!row) return
  let wired = false
  try {
    if (row.provider_sid !== null) {
      await parts.provider.updateNumber(row.provider_sid, await wantedWiring(db, parts.config, row.id))
      wired = true
    }
  } catch (error) {
    parts.log.warn({ number: row.id, ...withoutData(error) }, 'a number could not be wired')
  }
  await parts.store.write((writer) => writer.db.updateTable('numbers').set({ wired }).where('id', '=', row.id).execute())
}
