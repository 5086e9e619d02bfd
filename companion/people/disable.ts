import type { Writer } from '../store/store.ts'
import { emitMe } from './me.ts'
import { revokeSessions } from './sessions.ts'

/** Switches a user off (PE3): their sessions, sockets and calls (calls/reach.ts) end, they are not rung, and no link lets them in. */
export async function disableUser(writer: Writer, userId: string): Promise<void> {
  const { db, now } = writer
  await db.updateTable('users').set({ disabled_at: now }).where('id', '=', userId).where('disabled_at', 'is', null).execute()
  await revokeSessions(writer, { userId })
  await emitMe(writer, userId)
}
