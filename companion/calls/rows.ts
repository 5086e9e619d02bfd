import type { Updateable } from 'kysely'
import type { Reader, Writer } from '../store/store.ts'
import type { CallRow, CallsTable } from '../store/tables.ts'
import { type Transition, transitions } from './states.ts'

/**
 * Reads a call and keeps other writers off it until the transaction ends. Not `for update`: a note that refers to the call would wait for it, with
 * the feed in its hand (store.ts says in which order locks are taken).
 */
export function lockCall(writer: Writer, callId: string): Promise<CallRow | undefined> {
  return writer.db.selectFrom('calls').selectAll().where('id', '=', callId).forNoKeyUpdate().executeTakeFirst()
}

export function findCall(db: Reader, callId: string): Promise<CallRow | undefined> {
  return db.selectFrom('calls').selectAll().where('id', '=', callId).executeTakeFirst()
}

/** By the caller's leg. */
export function findCallOfLeg(db: Reader, providerSid: string): Promise<CallRow | undefined> {
  return db.selectFrom('calls').selectAll().where('provider_sid', '=', providerSid).executeTakeFirst()
}

/**
 * The guarded UPDATE: moves the call only from a state that allows it and only in this epoch, and answers the new row; undefined where
 * something else was quicker.
 */
export function advance(
  writer: Writer,
  call: Pick<CallRow, 'id' | 'epoch'>,
  transition: Transition,
  change: Updateable<CallsTable> = {},
): Promise<CallRow | undefined> {
  const { from, to } = transitions[transition]
  return writer.db
    .updateTable('calls')
    .set({ ...change, state: to })
    .where('id', '=', call.id)
    .where('epoch', '=', call.epoch)
    .where('state', 'in', [...from])
    .returningAll()
    .executeTakeFirst()
}

/** Changes of a call that are not changes of state. */
export async function patchCall(writer: Writer, callId: string, change: Updateable<CallsTable>): Promise<CallRow> {
  return writer.db.updateTable('calls').set(change).where('id', '=', callId).returningAll().executeTakeFirstOrThrow()
}
