/** The end of the wizard: the channel goes live, in one transaction. */
import { randomUUID } from 'node:crypto'
import { type ChannelDetail, ChannelSettings, RingsideError } from '../../utils/protocol/index.ts'
import { channelUserIds } from '../channels/channel-users.ts'
import { checkSettings, silentGreeting } from '../channels/check-settings.ts'
import { findChannel, viewChannel } from '../channels/detail.ts'
import { writeSettings } from '../channels/settings-rows.ts'
import { tellMembers } from '../channels/tell-members.ts'
import { audit } from '../people/audit.ts'
import type { Writer } from '../store/store.ts'
import type { DraftRow, NumberRow, UserRow } from '../store/tables.ts'
import { lockDraft } from './draft.ts'

/**
 * Makes the channel, and takes its number from the channel that had it, whose users are removed (CH3). Finishing again answers the same channel.
 * Errors: not_found, draft_incomplete {missing: fields, by comma}, bad_request {at}.
 */
export async function finishDraft(writer: Writer, admin: UserRow, draftId: string): Promise<ChannelDetail> {
  const { db, now } = writer
  const draft = await lockDraft(writer, draftId)
  if (draft.channel_id !== null) return viewChannel(db, await findChannel(db, draft.channel_id))
  const { settings, number } = complete(draft, await lockNumber(writer, draft))
  await checkSettings(db, settings)
  const removed = await takeFromOther(writer, admin, number)

  const id = randomUUID()
  const { name, hours, greetings, ticket, ringSeconds } = settings
  await db
    .insertInto('channels')
    .values({
      id,
      name,
      number_id: number.id,
      time_zone: hours.timeZone,
      ring_seconds: ringSeconds,
      greetings,
      ticket,
      created_at: now,
      saved_by: admin.id,
      saved_at: now,
    })
    .execute()
  await writeSettings(writer, id, settings)
  await db.updateTable('drafts').set({ channel_id: id, step: 'finish', updated_at: now }).where('id', '=', draftId).execute()
  const after = { ...settings, number: number.e164 }
  await audit(writer, { by: admin.id, act: 'channel-made', subject: name, before: null, after })
  await tellMembers(writer, removed, await channelUserIds(db, id))
  return viewChannel(db, await findChannel(db, id))
}

async function lockNumber({ db }: Writer, { number_id }: DraftRow): Promise<NumberRow | undefined> {
  if (number_id === null) return undefined
  return db.selectFrom('numbers').selectAll().where('id', '=', number_id).where('released_at', 'is', null).forUpdate().executeTakeFirst()
}

/** Everything that a caller needs is there, or draft_incomplete. */
function complete({ settings }: DraftRow, number: NumberRow | undefined): { settings: ChannelSettings; number: NumberRow } {
  const parsed = ChannelSettings.safeParse(settings)
  const wrong = parsed.error?.issues.map((issue) => String(issue.path[0])) ?? []
  const silent = silentGreeting(settings.greetings)
  if (parsed.success && number && !silent) return { settings: parsed.data, number }
  const missing = [...(number ? [] : ['number']), ...new Set(wrong), ...(silent ? [`greetings.${silent}`] : [])]
  throw new RingsideError('draft_incomplete', { missing: missing.join(',') })
}

/** Answers who was removed. */
async function takeFromOther(writer: Writer, admin: UserRow, number: NumberRow): Promise<string[]> {
  const { db, now } = writer
  const other = await db
    .selectFrom('channels')
    .selectAll()
    .where('number_id', '=', number.id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!other) return []
  const users = await channelUserIds(db, other.id)
  await db.deleteFrom('channel_users').where('channel_id', '=', other.id).execute()
  await db.deleteFrom('channel_teams').where('channel_id', '=', other.id).execute()
  const revision = other.revision + 1
  const part = { revision, by: admin.id, at: now.toISOString() }
  await db
    .updateTable('channels')
    .set({ number_id: null, revision, parts: { ...other.parts, userIds: part, teamIds: part }, saved_by: admin.id, saved_at: now })
    .where('id', '=', other.id)
    .execute()
  const before = { channel: other.name, userIds: users }
  await audit(writer, { by: admin.id, act: 'number-moved', subject: number.e164, before, after: { userIds: [] } })
  return users
}
