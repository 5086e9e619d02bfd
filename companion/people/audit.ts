import type { AuditLine } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'

/** One act of an admin (or, without `by`, of the companion itself), in the transaction of what was done. Values are only those that changed. */
export interface Act {
  by: string | null
  act: AuditLine['act']
  subject: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

export async function audit({ db, now }: Writer, { by, act, subject, before, after }: Act): Promise<void> {
  await db.insertInto('audit').values({ at: now, by_user: by, act, subject, before, after }).execute()
}
