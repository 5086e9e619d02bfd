import { type Contact, RingsideError, type Thread, type UserRef } from '../../utils/protocol/index.ts'
import { channelUserIds } from '../channels/channel-users.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { ThreadRow, UserRow } from '../store/tables.ts'
import { findThread } from './access.ts'
import { addSystemEntry } from './entries.ts'
import { ownThread, touchThread } from './threads.ts'
import { userRefs, viewThread } from './view.ts'

/** Who may own a thread: the users of its channel, by name. */
export async function readOwners(db: Reader, thread: ThreadRow): Promise<UserRef[]> {
  const users = await userRefs(db, await channelUserIds(db, thread.channel_id))
  return [...users.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/** The Owner drop-down (TH5, MI2). The owner that it has already changes nothing. Errors: not_found, not_allowed (not of this channel). */
export async function setOwner(writer: Writer, user: UserRow, threadId: string, ownerId: string | null): Promise<Thread> {
  const thread = await findThread(writer.db, user, threadId)
  if (thread.owner_id === ownerId) return viewThread(writer.db, thread)
  const owner = (await readOwners(writer.db, thread)).find(({ id }) => id === ownerId)
  if (ownerId !== null && !owner) throw new RingsideError('not_allowed')
  await ownThread(writer, threadId, ownerId)
  const former = thread.owner_id === null ? undefined : (await userRefs(writer.db, [thread.owner_id])).get(thread.owner_id)
  const details = { ...(former && { from: former.name }), ...(owner && { to: owner.name }) }
  await addSystemEntry(writer, threadId, 'owner-changed', details, null, user.id)
  const changed = await findThread(writer.db, user, threadId)
  return viewThread(writer.db, changed)
}

/** Who the other party is. The number stays the one that they called from: it is how the next call finds them. */
export async function setContact(writer: Writer, user: UserRow, threadId: string, contact: Contact): Promise<Thread> {
  const thread = await findThread(writer.db, user, threadId)
  const known = { ...contact, number: thread.number }
  if (JSON.stringify(sorted(thread.contact)) === JSON.stringify(sorted(known))) return viewThread(writer.db, thread)
  return touchThread(writer, threadId, { contact: known })
}

/** The database gives keys back in another order. */
const sorted = (contact: Contact | null) => contact && Object.entries(contact).sort(([a], [b]) => (a < b ? -1 : 1))
