import { RingsideError } from '../../utils/protocol/index.ts'
import { channelIdsOf } from '../people/me.ts'
import type { Reader } from '../store/store.ts'
import type { ThreadRow, UserRow } from '../store/tables.ts'

/** Threads that this user may see: those of their channels; an admin all. */
export function visibleThreads(db: Reader, user: UserRow) {
  const all = db.selectFrom('threads')
  return user.role === 'admin' ? all : all.where('threads.channel_id', 'in', channelIdsOf(db, user.id))
}

/** Error: not_found, also where it exists and is not for this user. */
export async function findThread(db: Reader, user: UserRow, threadId: string): Promise<ThreadRow> {
  const row = await visibleThreads(db, user).selectAll('threads').where('threads.id', '=', threadId).executeTakeFirst()
  if (!row) throw new RingsideError('not_found')
  return row
}
