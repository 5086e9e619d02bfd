/** Half-finished wizards (CH7): read, found, locked, shown. */
import { type Draft, RingsideError } from '../../utils/protocol/index.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { DraftRow } from '../store/tables.ts'
import { userRefs } from '../threads/view.ts'

/** Error: not_found, also for a discarded one. */
export async function findDraft(db: Reader, draftId: string): Promise<DraftRow> {
  const row = await db.selectFrom('drafts').selectAll().where('id', '=', draftId).where('discarded_at', 'is', null).executeTakeFirst()
  if (!row) throw new RingsideError('not_found')
  return row
}

/** As findDraft, and nobody else changes it until this transaction is over. */
export async function lockDraft({ db }: Writer, draftId: string): Promise<DraftRow> {
  await db.selectFrom('drafts').select('id').where('id', '=', draftId).forUpdate().execute()
  return findDraft(db, draftId)
}

export async function viewDraft(db: Reader, row: DraftRow): Promise<Draft> {
  const [draft] = await viewDrafts(db, [row])
  if (!draft) throw new Error('one row is one draft')
  return draft
}

/** Those that can be taken up again, the latest first. */
export async function listDrafts(db: Reader): Promise<Draft[]> {
  const rows = await db
    .selectFrom('drafts')
    .selectAll()
    .where('discarded_at', 'is', null)
    .where('channel_id', 'is', null)
    .orderBy('updated_at', 'desc')
    .execute()
  return viewDrafts(db, rows)
}

async function viewDrafts(db: Reader, rows: readonly DraftRow[]): Promise<Draft[]> {
  const numberIds = rows.map((row) => row.number_id).filter((id) => id !== null)
  const numbers = numberIds.length > 0 ? await db.selectFrom('numbers').select(['id', 'e164']).where('id', 'in', numberIds).execute() : []
  const e164 = new Map(numbers.map((number) => [number.id, number.e164]))
  const users = await userRefs(
    db,
    rows.map((row) => row.started_by),
  )
  return rows.map((row) => ({
    id: row.id,
    step: row.step,
    number: viewNumber(row, e164),
    settings: row.settings,
    revision: row.revision,
    startedBy: users.get(row.started_by) ?? { id: row.started_by, name: '' },
    updatedAt: row.updated_at.toISOString(),
    channelId: row.channel_id,
  }))
}

function viewNumber({ how, number_id }: DraftRow, numbers: ReadonlyMap<string, string>): Draft['number'] {
  const e164 = number_id === null ? undefined : numbers.get(number_id)
  if (how === 'undecided' || number_id === null || e164 === undefined) return { how: 'undecided' }
  return { how, numberId: number_id, e164 }
}
