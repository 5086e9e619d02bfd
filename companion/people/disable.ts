import type { Writer } from '../store/store.ts'
import { emitMe } from './me.ts'
import { revokeSessions } from './sessions.ts'

export type Release = (writer: Writer, userId: string) => Promise<void>

/**
 * Switches a user off (PE3): their sessions and sockets end, they are not rung, no link lets them in, and `release` gives up the calls that they
 * hold. It comes before they are told: calls are locked before the feed (store.ts).
 */
export async function disableUser(writer: Writer, userId: string, release: Release): Promise<void> {
  const { db, now } = writer
  await db.updateTable('users').set({ disabled_at: now }).where('id', '=', userId).where('disabled_at', 'is', null).execute()
  await revokeSessions(writer, { userId })
  await release(writer, userId)
  await emitMe(writer, userId)
}
