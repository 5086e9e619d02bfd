import { type ChannelDetail, RingsideError } from '../../utils/protocol/index.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { ChannelRow } from '../store/tables.ts'
import { userRefs } from '../threads/view.ts'
import { readSettings } from './settings-rows.ts'

/** Error: not_found, also for a deleted one. */
export async function findChannel(db: Reader, channelId: string): Promise<ChannelRow> {
  const row = await db.selectFrom('channels').selectAll().where('id', '=', channelId).where('deleted_at', 'is', null).executeTakeFirst()
  if (!row) throw new RingsideError('not_found')
  return row
}

/** As findChannel, and nobody else changes it until this transaction is over. */
export async function lockChannel({ db }: Writer, channelId: string): Promise<ChannelRow> {
  await db.selectFrom('channels').select('id').where('id', '=', channelId).forUpdate().execute()
  return findChannel(db, channelId)
}

/** The channel as an admin edits it. */
export async function viewChannel(db: Reader, row: ChannelRow): Promise<ChannelDetail> {
  const number = await numberOf(db, row)
  return {
    id: row.id,
    number: number?.e164 ?? null,
    enabled: row.enabled,
    revision: row.revision,
    savedBy: (row.saved_by && (await userRefs(db, [row.saved_by])).get(row.saved_by)) || null,
    savedAt: (row.saved_at ?? row.created_at).toISOString(),
    settings: await readSettings(db, row),
  }
}

export async function numberOf(
  db: Reader,
  row: Pick<ChannelRow, 'number_id'>,
): Promise<{ id: string; e164: string; country: string } | undefined> {
  if (row.number_id === null) return undefined
  return db.selectFrom('numbers').select(['id', 'e164', 'country']).where('id', '=', row.number_id).executeTakeFirst()
}
