/** What happened in a thread. Whatever is saved here is told at once, with the thread that it changed. */
import { randomUUID } from 'node:crypto'
import type { Entry } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'
import type { EntryRow, SystemBody } from '../store/tables.ts'
import { audienceOf, touchThread } from './threads.ts'
import { viewEntry } from './view-entries.ts'

/** Creates or renews the one entry of this call, from the call and its ledger; nothing where the call has no thread yet. */
export async function saveCallEntry(writer: Writer, callId: string): Promise<void> {
  const { db } = writer
  const call = await db.selectFrom('calls').select(['thread_id', 'arrived_at']).where('id', '=', callId).executeTakeFirstOrThrow()
  if (!call.thread_id) return
  const seq = await writer.nextSeq()
  const row = await db
    .insertInto('entries')
    .values({ id: randomUUID(), thread_id: call.thread_id, type: 'call', at: call.arrived_at, call_id: callId, seq })
    .onConflict((conflict) => conflict.column('call_id').where('type', '=', 'call').doUpdateSet({ seq }))
    .returningAll()
    .executeTakeFirstOrThrow()
  await tellEntry(writer, row)
}

/** The message that a caller left; once for each recording. */
export async function addVoicemail(writer: Writer, voicemail: { callId: string; recordingId: string; seconds: number }): Promise<void> {
  const { db, now } = writer
  const { callId, recordingId, seconds } = voicemail
  const call = await db.selectFrom('calls').select('thread_id').where('id', '=', callId).executeTakeFirstOrThrow()
  if (!call.thread_id) return
  const row = await db
    .insertInto('entries')
    .values({
      // The recording's own id: a second try is a conflict.
      id: recordingId,
      thread_id: call.thread_id,
      type: 'voicemail',
      at: now,
      call_id: callId,
      body: { recordingId, seconds },
      seq: await writer.nextSeq(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row) await tellEntry(writer, row)
}

/** A line about the thread or the call. `details` are for the words: names, never ids only. */
export async function addSystemEntry(
  writer: Writer,
  threadId: string,
  event: SystemBody['event'],
  details: Record<string, string>,
  callId: string | null = null,
  authorId: string | null = null,
): Promise<void> {
  const row = await writer.db
    .insertInto('entries')
    .values({
      id: randomUUID(),
      thread_id: threadId,
      type: 'system',
      at: writer.now,
      author_id: authorId,
      call_id: callId,
      body: { event, details },
      seq: await writer.nextSeq(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tellEntry(writer, row)
}

/** Tells of an entry, then of its thread, which `preview` may change. */
export async function tellEntry(writer: Writer, row: EntryRow, preview?: string): Promise<Entry> {
  const entry = await viewEntry(writer.db, row)
  const thread = await writer.db.selectFrom('threads').select('channel_id').where('id', '=', row.thread_id).executeTakeFirstOrThrow()
  await writer.emit(await audienceOf(writer.db, thread.channel_id), { type: 'entry-changed', entry })
  await touchThread(writer, row.thread_id, preview === undefined ? {} : { preview })
  return entry
}
