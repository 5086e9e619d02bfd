import { randomUUID } from 'node:crypto'
import type { Updateable } from 'kysely'
import type { Contact, Thread } from '../../utils/protocol/index.ts'
import { channelUserIds } from '../channels/channel-users.ts'
import { nextTicket } from '../channels/next-ticket.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { ThreadRow, ThreadsTable } from '../store/tables.ts'
import { clearNotificationsOf } from './notifications.ts'
import { viewThread } from './view.ts'

export interface NewThread {
  channelId: string
  /** The other party: E.164 or `anonymous`. */
  number: string
  contact: Contact | null
  ownerId: string | null
  missed: boolean
}

/** A new thread; nobody is told of it before its first entry is saved. Returns its id. */
export async function openThread({ db, now }: Writer, thread: NewThread): Promise<string> {
  const id = randomUUID()
  await db
    .insertInto('threads')
    .values({
      id,
      channel_id: thread.channelId,
      number: thread.number,
      contact: thread.contact,
      owner_id: thread.ownerId,
      missed: thread.missed,
      ticket: await nextTicket(db, thread.channelId, thread.ownerId),
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

/** Changes a thread and tells everybody who may see it. `changes` may be empty: something in it changed. */
export async function touchThread(writer: Writer, threadId: string, changes: Updateable<ThreadsTable> = {}): Promise<Thread> {
  const seq = await writer.nextSeq()
  const row = await patchThread(writer, threadId, { ...changes, updated_at: writer.now, seq })
  const thread = await viewThread(writer.db, row)
  await writer.emit(await audienceOf(writer.db, row.channel_id), { type: 'thread-changed', thread })
  return thread
}

/** Gives the thread to this user, or to nobody; with an owner it is no longer missed (MI2). Tells nobody: save an entry, or touch the thread. */
export async function ownThread(writer: Writer, threadId: string, ownerId: string | null): Promise<void> {
  await patchThread(writer, threadId, { owner_id: ownerId, ...(ownerId && { missed: false }), seq: await writer.nextSeq() })
  if (ownerId) await clearNotificationsOf(writer, threadId)
}

/** Nobody's, and missed. Tells nobody: save an entry, or touch the thread. */
export async function missThread(writer: Writer, threadId: string): Promise<void> {
  await patchThread(writer, threadId, { owner_id: null, missed: true, seq: await writer.nextSeq() })
}

/** With a number drawn: the feed is locked before a thread (store.ts). */
function patchThread({ db }: Writer, threadId: string, changes: Updateable<ThreadsTable> & { seq: number }): Promise<ThreadRow> {
  return db.updateTable('threads').set(changes).where('id', '=', threadId).returningAll().executeTakeFirstOrThrow()
}

/** Who is told of a channel's threads: its users, and admins, who see all. */
export async function audienceOf(db: Reader, channelId: string): Promise<string[]> {
  const admins = await db.selectFrom('users').select('id').where('role', '=', 'admin').where('disabled_at', 'is', null).execute()
  return [...new Set([...(await channelUserIds(db, channelId)), ...admins.map((admin) => admin.id)])]
}
