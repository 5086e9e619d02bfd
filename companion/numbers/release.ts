import { RingsideError } from '../../utils/protocol/index.ts'
import type { Companion } from '../parts.ts'
import { audit } from '../people/audit.ts'
import type { Writer } from '../store/store.ts'
import type { NumberRow, UserRow } from '../store/tables.ts'
import { meansNumber } from './typed.ts'

/**
 * Gives a number back to the provider, for ever. It is noted here first, so that no wizard takes it meanwhile. Releasing again changes nothing.
 * Errors: not_found, typed_wrong, number_in_use {channel}, those of the market; after an error the number is still owned.
 */
export async function releaseNumber(companion: Companion, admin: UserRow, numberId: string, typed: string): Promise<void> {
  const { store, market } = companion
  const number = await store.write((writer) => markReleased(writer, numberId, typed))
  if (!number) return
  try {
    if (number.provider_sid !== null) await market.releaseNumber(number.provider_sid)
  } catch (error) {
    await store.write(({ db }) => db.updateTable('numbers').set({ released_at: null }).where('id', '=', numberId).execute())
    throw error
  }
  await store.write(async (writer) => {
    await writer.db
      .updateTable('numbers')
      .set({ provider_sid: null, wired: null, released_at: writer.now })
      .where('id', '=', numberId)
      .execute()
    await undecide(writer, numberId)
    await audit(writer, { by: admin.id, act: 'number-released', subject: number.e164, before: { number: number.e164 }, after: null })
  })
}

/** Wizards that had chosen or bought a number that is gone have none. */
export async function undecide({ db }: Writer, numberId: string): Promise<void> {
  await db
    .updateTable('drafts')
    .set({ how: 'undecided', number_id: null })
    .where('number_id', '=', numberId)
    .where('channel_id', 'is', null)
    .execute()
}

/** Undefined where it was released before. */
async function markReleased({ db, now }: Writer, numberId: string, typed: string): Promise<NumberRow | undefined> {
  const row = await db.selectFrom('numbers').selectAll().where('id', '=', numberId).forUpdate().executeTakeFirst()
  if (!row) throw new RingsideError('not_found')
  if (!meansNumber(typed, row)) throw new RingsideError('typed_wrong')
  if (row.released_at) return undefined
  const channel = await db
    .selectFrom('channels')
    .select('name')
    .where('number_id', '=', numberId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (channel) throw new RingsideError('number_in_use', { channel: channel.name })
  await db.updateTable('numbers').set({ released_at: now }).where('id', '=', numberId).execute()
  return row
}
