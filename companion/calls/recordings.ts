/** Messages that callers left. */
import { randomUUID } from 'node:crypto'
import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { addVoicemail, saveCallEntry } from '../threads/entries.ts'
import { notifyMissed } from '../threads/notifications.ts'
import { ringOver } from './ending.ts'
import { findCall, patchCall } from './rows.ts'

/** Shorter is no message: a caller who hung up at the beep. Seconds. */
const LEAST_SECONDS = 1

/**
 * Keeps a message, once, however often and in whatever order it is told. The call may be over already: its outcome then becomes `voicemail`.
 * The notification stays one a user and a call, and says voicemail now (P9).
 */
export async function saveRecording(writer: Writer, call: CallRow, recording: { sid: string; seconds: number }): Promise<void> {
  if (!(recording.seconds >= LEAST_SECONDS)) return
  const { db, now } = writer
  const fresh = await db
    .insertInto('recordings')
    .values({ id: randomUUID(), call_id: call.id, provider_sid: recording.sid, seconds: Math.round(recording.seconds), created_at: now })
    .onConflict((conflict) => conflict.column('provider_sid').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!fresh) return
  // The fallback recorded it while we were down and the call still seemed to ring.
  if (call.state === 'ringing') await ringOver(writer, call, 'companion-down')
  const row = (await findCall(db, call.id)) ?? call
  if (row.state === 'ended' && row.outcome !== 'answered') await patchCall(writer, row.id, { outcome: 'voicemail' })
  await addVoicemail(writer, { callId: row.id, recordingId: fresh.id, seconds: fresh.seconds })
  await saveCallEntry(writer, row.id)
  await notifyMissed(writer, row.id, 'voicemail')
}
