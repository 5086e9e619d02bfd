import { type ChannelSettings, type Draft, type DraftStep, RingsideError } from '../../utils/protocol/index.ts'
import { changedParts } from '../channels/same.ts'
import { refuseConflict, withSaved } from '../channels/saved-parts.ts'
import type { Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { defaultSettings } from './defaults.ts'
import { findDraft, lockDraft, viewDraft } from './draft.ts'

/** Starts a wizard, or takes it up again: the id is the browser's, so a doubled start is one draft. Error: not_found, of a discarded one. */
export async function startDraft(writer: Writer, admin: UserRow, draftId: string): Promise<Draft> {
  const { db, now } = writer
  await db
    .insertInto('drafts')
    .values({ id: draftId, started_by: admin.id, step: 'number', settings: defaultSettings(admin.language), updated_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return viewDraft(db, await findDraft(db, draftId))
}

export interface DraftSave {
  draftId: string
  revision: number
  step: DraftStep
  settings: Partial<ChannelSettings>
}

/**
 * Keeps what was typed. It is not held against anything before the end, so that a step can be left with a mistake in it. Errors: not_found,
 * changed_meanwhile {by, at, parts} where one of the same parts was saved elsewhere since `revision`; saying again what is stored is never a conflict.
 */
export async function saveDraft(writer: Writer, admin: UserRow, { draftId, revision, step, settings }: DraftSave): Promise<Draft> {
  const { db, now } = writer
  const row = await lockDraft(writer, draftId)
  const changed = changedParts(row.settings, settings)
  if (row.channel_id !== null || (changed.length === 0 && step === row.step)) return viewDraft(db, row)
  // Also by the same admin: a computer that was left with the wizard open is not to undo what they did on another.
  await refuseConflict(db, row.parts, changed, { revision })
  const next = row.revision + (changed.length > 0 ? 1 : 0)
  const parts = withSaved(row.parts, changed, { revision: next, by: admin.id, at: now })
  const saved = await db
    .updateTable('drafts')
    .set({ step, settings: { ...row.settings, ...settings }, revision: next, parts, updated_at: now })
    .where('id', '=', draftId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return viewDraft(db, saved)
}

/** Notes which owned number the channel shall get; nothing is taken from anybody before the end. Errors: not_found. */
export async function chooseNumber(writer: Writer, draftId: string, numberId: string | null): Promise<Draft> {
  const { db, now } = writer
  const row = await lockDraft(writer, draftId)
  if (row.channel_id !== null || (row.number_id === numberId && numberId !== null)) return viewDraft(db, row)
  if (numberId !== null) {
    const number = await db
      .selectFrom('numbers')
      .select('id')
      .where('id', '=', numberId)
      .where('released_at', 'is', null)
      .executeTakeFirst()
    if (!number) throw new RingsideError('not_found')
  }
  const saved = await db
    .updateTable('drafts')
    .set({ number_id: numberId, how: numberId === null ? 'undecided' : 'existing', updated_at: now })
    .where('id', '=', draftId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return viewDraft(db, saved)
}

/** The wizard is not wanted any more. A number that was bought for it stays owned. Doing it again changes nothing. */
export async function discardDraft({ db, now }: Writer, draftId: string): Promise<void> {
  await db
    .updateTable('drafts')
    .set({ discarded_at: now })
    .where('id', '=', draftId)
    .where('channel_id', 'is', null)
    .where('discarded_at', 'is', null)
    .execute()
}
