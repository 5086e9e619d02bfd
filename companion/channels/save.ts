import type { ChannelDetail, ChannelPart, ChannelSettings } from '../../utils/protocol/index.ts'
import { audit } from '../people/audit.ts'
import type { Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { channelUserIds } from './channel-users.ts'
import { checkSettings } from './check-settings.ts'
import { lockChannel, viewChannel } from './detail.ts'
import { changedParts } from './same.ts'
import { refuseConflict, withSaved } from './saved-parts.ts'
import { readSettings, writeSettings } from './settings-rows.ts'
import { movedMembers, tellMembers } from './tell-members.ts'

export interface Save {
  channelId: string
  /** Of the channel that the editor was filled from. */
  revision: number
  settings: Partial<ChannelSettings>
}

/**
 * Saves the parts that differ from what is stored. Errors: not_found, bad_request {at}, changed_meanwhile {by, at, parts} where another
 * admin saved one of them since `revision`; then nothing is saved. Saying again what is stored changes nothing and is never a conflict.
 */
export async function saveChannel(writer: Writer, admin: UserRow, { channelId, revision, settings }: Save): Promise<ChannelDetail> {
  const { db, now } = writer
  const row = await lockChannel(writer, channelId)
  await checkSettings(db, settings)
  const before = await readSettings(db, row)
  const changed = changedParts(before, settings)
  if (changed.length === 0) return viewChannel(db, row)
  await refuseConflict(db, row.parts, changed, { revision, mine: admin.id })

  const next = row.revision + 1
  const members = await channelUserIds(db, channelId)
  await writeSettings(writer, channelId, pick(settings, changed))
  const parts = withSaved(row.parts, changed, { revision: next, by: admin.id, at: now })
  const saved = await db
    .updateTable('channels')
    .set({ revision: next, parts, saved_by: admin.id, saved_at: now })
    .where('id', '=', channelId)
    .returningAll()
    .executeTakeFirstOrThrow()
  const after = await readSettings(db, saved)
  await audit(writer, {
    by: admin.id,
    act: 'channel-saved',
    subject: saved.name,
    before: pick(before, changed),
    after: pick(after, changed),
  })
  const membersNow = await channelUserIds(db, channelId)
  await tellMembers(writer, movedMembers(members, membersNow), changed.includes('name') ? membersNow : [])
  return viewChannel(db, saved)
}

function pick(settings: Partial<ChannelSettings>, parts: readonly ChannelPart[]): Partial<ChannelSettings> {
  return Object.fromEntries(parts.map((part) => [part, settings[part]]))
}
