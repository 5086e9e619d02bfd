import type { RouteReply } from '../../utils/protocol/index.ts'
import type { Store } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { findThread, visibleThreads } from './access.ts'
import { viewThreads } from './view.ts'
import { viewEntries } from './view-entries.ts'

/**
 * A page of the threads that this user may see, newest first. A page may be longer than `limit`: threads that changed in the same millisecond are
 * not torn apart, because the next page starts before that instant.
 */
export async function listThreads(
  store: Store,
  user: UserRow,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<RouteReply<'listThreads'>> {
  // Read first: what changes meanwhile is in the events after it.
  const upTo = await store.upTo()
  const all = visibleThreads(store.db, user).selectAll('threads').orderBy('updated_at', 'desc').orderBy('id')
  const older = before === undefined ? all : all.where('updated_at', '<', new Date(before))
  const rows = await older.limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.at(limit)
  if (last && next && last.updated_at.getTime() === next.updated_at.getTime()) {
    const seen = new Set(page.map((row) => row.id))
    const ties = await all.where('updated_at', '=', last.updated_at).execute()
    page.push(...ties.filter((row) => !seen.has(row.id)))
  }
  return { threads: await viewThreads(store.db, page), upTo, more: next !== undefined }
}

/** A thread with its entries, in order of time. Error: not_found. */
export async function readThread({ db }: Store, user: UserRow, threadId: string): Promise<RouteReply<'readThread'>> {
  const row = await findThread(db, user, threadId)
  const rows = await db.selectFrom('entries').selectAll().where('thread_id', '=', threadId).orderBy('at').orderBy('seq').execute()
  const [thread] = await viewThreads(db, [row])
  if (!thread) throw new Error('one row is one thread')
  return { thread, entries: await viewEntries(db, rows) }
}
