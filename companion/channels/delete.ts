import { RingsideError } from '../../utils/protocol/index.ts'
import { meansNumber } from '../numbers/typed.ts'
import { audit } from '../people/audit.ts'
import type { Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { channelUserIds } from './channel-users.ts'
import { lockChannel, numberOf } from './detail.ts'
import { tellMembers } from './tell-members.ts'

/**
 * Deletes a channel (MA2), and answers the id of the number that it had. The number stays owned, calls in progress go on, and threads can be read for
 * ever by those who could: they stay users of the channel. A channel that lost its number to another is confirmed by its name.
 * Deleting again changes nothing. Errors: not_found, typed_wrong.
 */
export async function deleteChannel(writer: Writer, admin: UserRow, channelId: string, typed: string): Promise<string | undefined> {
  const { db, now } = writer
  const known = await db.selectFrom('channels').select('deleted_at').where('id', '=', channelId).executeTakeFirst()
  if (known?.deleted_at) return undefined
  const row = await lockChannel(writer, channelId)
  const number = await numberOf(db, row)
  const right = number ? meansNumber(typed, number) : sameWords(typed, row.name)
  if (!right) throw new RingsideError('typed_wrong')
  await db
    .updateTable('channels')
    .set({ deleted_at: now, number_id: null, saved_by: admin.id, saved_at: now })
    .where('id', '=', channelId)
    .execute()
  const before = { name: row.name, number: number?.e164 ?? null }
  await audit(writer, { by: admin.id, act: 'channel-deleted', subject: row.name, before, after: null })
  await tellMembers(writer, await channelUserIds(db, channelId))
  return number?.id
}

const sameWords = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()
