/** What admins did (PE): one line for each act, in the transaction of the act itself. Lines are never changed. */
import { isDeepStrictEqual } from 'node:util'
import type { AuditLine } from '../../utils/protocol/index.ts'
import type { Reader, Writer } from '../store/store.ts'
import { userRefs } from '../threads/view.ts'

type Values = Record<string, unknown>

/** One act of an admin (or, without `by`, of the companion itself), in the transaction of what was done. Of the values only those that changed are kept. */
export interface Act {
  by: string | null
  act: AuditLine['act']
  subject: string
  before: Values | null
  after: Values | null
}

export async function audit({ db, now }: Writer, { by, act, subject, before, after }: Act): Promise<void> {
  const values = before && after ? changed(before, after) : { before, after }
  await db
    .insertInto('audit')
    .values({ at: now, by_user: by, act, subject, ...values })
    .execute()
}

/** Both sides without the values that are the same on both. Pure. */
export function changed(before: Values, after: Values): { before: Values; after: Values } {
  const only = (side: Values, other: Values) =>
    Object.fromEntries(Object.entries(side).filter(([name, value]) => !isDeepStrictEqual(value, other[name])))
  return { before: only(before, after), after: only(after, before) }
}

/** Newest first, older than the line `before`. `more`: there are older ones still. */
export async function listAudit(
  db: Reader,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<{ lines: AuditLine[]; more: boolean }> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const names = await userRefs(
    db,
    shown.flatMap((row) => row.by_user ?? []),
  )
  const lines = shown.map(
    (row): AuditLine => ({
      id: row.id,
      at: row.at.toISOString(),
      by: (row.by_user && names.get(row.by_user)) || null,
      act: row.act,
      subject: row.subject,
      before: row.before,
      after: row.after,
    }),
  )
  return { lines, more: rows.length > limit }
}
