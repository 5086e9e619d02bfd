import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { findThread } from './access.ts'
import { readOwners, setContact, setOwner } from './commands.ts'
import { listThreads, readThread } from './list.ts'
import { writeNote } from './notes.ts'
import { clearNotification } from './notifications.ts'

export function serveThreads({ store }: Companion, handle: Handle): void {
  handle('listThreads', ({ user, query }) => listThreads(store, user, query))
  handle('readThread', ({ user, params }) => readThread(store, user, params.threadId))
  handle('listOwners', async ({ user, params }) => ({
    owners: await readOwners(store.db, await findThread(store.db, user, params.threadId)),
  }))
  handle('setOwner', ({ user, params, body }) => store.write((writer) => setOwner(writer, user, params.threadId, body.ownerId)))
  handle('setContact', ({ user, params, body }) => store.write((writer) => setContact(writer, user, params.threadId, body.contact)))
  handle('writeNote', ({ user, params, body }) => store.write((writer) => writeNote(writer, user, { ...params, ...body })))
  handle('clearNotification', async ({ user, params }) => {
    await store.write((writer) => clearNotification(writer, user.id, params.notificationId))
    return {}
  })
}
