import { randomUUID } from 'node:crypto'
import { type Notification, RingsideError, UNREAD_LIMIT } from '../../utils/protocol/index.ts'
import { channelUserIds } from '../channels/channel-users.ts'
import type { Reader, Writer } from '../store/store.ts'
import { viewThread, viewThreads } from './view.ts'

/**
 * Tells every user of the channel that nobody took this call (MI1): one notification a user and a call, however often this is called (P9).
 * A message that comes later makes it `voicemail`. Nobody new is told once somebody owns the thread.
 */
export async function notifyMissed(writer: Writer, callId: string, kind: Notification['kind']): Promise<void> {
  const { db, now } = writer
  const thread = await db
    .selectFrom('calls')
    .innerJoin('threads', 'threads.id', 'calls.thread_id')
    .selectAll('threads')
    .where('calls.id', '=', callId)
    .executeTakeFirst()
  if (!thread?.missed) return
  const userIds = await channelUserIds(db, thread.channel_id)
  if (userIds.length === 0) return
  const told = await db
    .insertInto('notifications')
    .values(userIds.map((userId) => ({ id: randomUUID(), user_id: userId, kind, thread_id: thread.id, call_id: callId, at: now })))
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'call_id'])
        .doUpdateSet({ kind: 'voicemail' })
        .where('notifications.kind', '<>', 'voicemail')
        .where('notifications.cleared_at', 'is', null)
        .where('excluded.kind', '=', 'voicemail'),
    )
    .returningAll()
    .execute()
  const view = await viewThread(db, thread)
  for (const { id, user_id, kind, at } of told) {
    await writer.emit([user_id], { type: 'notification-added', notification: { id, kind, thread: view, at: at.toISOString() } })
  }
}

/** What this user has not cleared yet, newest first; not more than UNREAD_LIMIT. */
export async function unreadNotifications(db: Reader, userId: string): Promise<Notification[]> {
  const rows = await db
    .selectFrom('notifications')
    .selectAll()
    .where('user_id', '=', userId)
    .where('cleared_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(UNREAD_LIMIT)
    .execute()
  if (rows.length === 0) return []
  const threadIds = [...new Set(rows.map((row) => row.thread_id))]
  const threads = await viewThreads(db, await db.selectFrom('threads').selectAll().where('id', 'in', threadIds).execute())
  const byId = new Map(threads.map((thread) => [thread.id, thread]))
  return rows.flatMap(({ id, kind, thread_id, at }) => {
    const thread = byId.get(thread_id)
    return thread ? [{ id, kind, thread, at: at.toISOString() }] : []
  })
}

/** The user read it. Clearing again changes nothing. Error: not_found, also for somebody else's. */
export async function clearNotification(writer: Writer, userId: string, notificationId: string): Promise<void> {
  const { db, now } = writer
  const mine = db.selectFrom('notifications').select('cleared_at').where('id', '=', notificationId).where('user_id', '=', userId)
  const row = await mine.executeTakeFirst()
  if (!row) throw new RingsideError('not_found')
  if (row.cleared_at) return
  // Told first: the feed is locked before a notification (store.ts).
  await writer.emit([userId], { type: 'notification-cleared', notificationId })
  await db.updateTable('notifications').set({ cleared_at: now }).where('id', '=', notificationId).execute()
}

/** Somebody took the thread up: everybody's notifications of it go (MI2). */
export async function clearNotificationsOf(writer: Writer, threadId: string): Promise<void> {
  const cleared = await writer.db
    .updateTable('notifications')
    .set({ cleared_at: writer.now })
    .where('thread_id', '=', threadId)
    .where('cleared_at', 'is', null)
    .returning(['id', 'user_id'])
    .execute()
  for (const { id, user_id } of cleared) await writer.emit([user_id], { type: 'notification-cleared', notificationId: id })
}
