import type { ChannelDetail } from '../../utils/protocol/index.ts'
import { audit } from '../people/audit.ts'
import type { Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { lockChannel, viewChannel } from './detail.ts'

/** The status toggle (MA3). The router rings nobody for a disabled channel; calls that go on are not touched. Error: not_found. */
export async function setChannelEnabled(writer: Writer, admin: UserRow, channelId: string, enabled: boolean): Promise<ChannelDetail> {
  const row = await lockChannel(writer, channelId)
  if (row.enabled === enabled) return viewChannel(writer.db, row)
  const saved = await writer.db
    .updateTable('channels')
    .set({ enabled, saved_by: admin.id, saved_at: writer.now })
    .where('id', '=', channelId)
    .returningAll()
    .executeTakeFirstOrThrow()
  const act = enabled ? 'channel-enabled' : 'channel-disabled'
  await audit(writer, { by: admin.id, act, subject: row.name, before: { enabled: row.enabled }, after: { enabled } })
  return viewChannel(writer.db, saved)
}
