import type { OwnedNumber } from '../../utils/protocol/index.ts'
import { readChannel } from '../channels/channel.ts'
import { channelUserIds } from '../channels/channel-users.ts'
import type { Companion } from '../parts.ts'
import type { Writer } from '../store/store.ts'
import type { NumberRow } from '../store/tables.ts'
import { userRefs } from '../threads/view.ts'
import type { ProviderNumber } from '../twilio/provider.ts'
import { askOwned } from './ask-owned.ts'
import { keepNumber } from './keep.ts'
import { undecide } from './release.ts'
import { wiringDifferences, wiringOf } from './wiring.ts'

/** The numbers of the account, with who is assigned to each (CH3). Those that were bought or given back in the provider's console are noted here. */
export async function listNumbers(parts: Pick<Companion, 'store' | 'provider' | 'config' | 'log'>): Promise<OwnedNumber[]> {
  const { store, config } = parts
  const owned = await askOwned(parts)
  if (owned) await store.write((writer) => noteOwned(writer, owned))
  const { db } = store
  const rows = await db.selectFrom('numbers').selectAll().where('released_at', 'is', null).orderBy('e164').execute()
  const channels = await db
    .selectFrom('channels')
    .select(['id', 'number_id'])
    .where('deleted_at', 'is', null)
    .where('number_id', 'is not', null)
    .execute()
  const byNumber = new Map(channels.map((channel) => [channel.number_id, channel.id]))
  return Promise.all(
    rows.map(async (row: NumberRow): Promise<OwnedNumber> => {
      const channelId = byNumber.get(row.id)
      const base = { id: row.id, e164: row.e164, country: row.country }
      if (channelId === undefined) return { ...base, channel: null, users: [], wired: null }
      const channel = await readChannel(db, channelId)
      const users = [...(await userRefs(db, await channelUserIds(db, channelId))).values()]
      const number = owned?.find((each) => each.e164 === row.e164)
      return {
        ...base,
        channel: { id: channel.id, name: channel.name },
        users: users.sort((a, b) => a.name.localeCompare(b.name)),
        wired: owned ? number !== undefined && wiringDifferences(number, wiringOf(config.twilio, channel)).length === 0 : null,
      }
    }),
  )
}

async function noteOwned(writer: Writer, owned: readonly ProviderNumber[]): Promise<void> {
  const { db, now } = writer
  const known = await db.selectFrom('numbers').select(['e164', 'provider_sid', 'released_at']).execute()
  const same = ({ e164, sid }: ProviderNumber) =>
    known.some((row) => row.e164 === e164 && row.provider_sid === sid && row.released_at === null)
  for (const number of owned) if (!same(number)) await keepNumber(writer, number)
  const used = db.selectFrom('channels').select('number_id').where('deleted_at', 'is', null).where('number_id', 'is not', null)
  const gone = await db
    .updateTable('numbers')
    .set({ released_at: now })
    .where('released_at', 'is', null)
    .where('id', 'not in', used)
    .$if(owned.length > 0, (query) =>
      query.where(
        'e164',
        'not in',
        owned.map((each) => each.e164),
      ),
    )
    .returning('id')
    .execute()
  for (const { id } of gone) await undecide(writer, id)
}
