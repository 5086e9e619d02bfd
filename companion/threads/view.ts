import type { Thread, UserRef } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'
import type { ThreadRow } from '../store/tables.ts'

/** Threads as people see them, in the order of the rows. */
export async function viewThreads(db: Reader, rows: readonly ThreadRow[]): Promise<Thread[]> {
  const channels = await channelsOf(db, rows)
  const owners = await userRefs(
    db,
    rows.map((row) => row.owner_id),
  )
  return rows.map((row) => ({
    id: row.id,
    channel: channels.get(row.channel_id) ?? { id: row.channel_id, name: '' },
    number: row.number,
    contact: row.contact,
    owner: (row.owner_id && owners.get(row.owner_id)) || null,
    missed: row.missed,
    open: row.open,
    preview: row.preview,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    seq: row.seq,
  }))
}

export async function viewThread(db: Reader, row: ThreadRow): Promise<Thread> {
  const [thread] = await viewThreads(db, [row])
  if (!thread) throw new Error('one row is one thread')
  return thread
}

async function channelsOf(db: Reader, rows: readonly ThreadRow[]) {
  const ids = [...new Set(rows.map((row) => row.channel_id))]
  if (ids.length === 0) return new Map<string, { id: string; name: string }>()
  const channels = await db.selectFrom('channels').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(channels.map((channel) => [channel.id, channel]))
}

/** Users by id, as colleagues see them. */
export async function userRefs(db: Reader, ids: readonly (string | null)[]): Promise<Map<string, UserRef>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const users = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(users.map((user) => [user.id, user]))
}
