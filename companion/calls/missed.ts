import type { Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { saveCallEntry } from '../threads/entries.ts'
import { notifyMissed } from '../threads/notifications.ts'
import { missThread, openThread } from '../threads/threads.ts'
import { patchCall } from './rows.ts'

/**
 * Nobody took this call: its thread is unassigned and missed, and everybody of the channel is notified (MI1). A call that somebody had claimed
 * has a thread already; that one is given back. Doing it again changes nothing.
 */
export async function saveMissed(writer: Writer, call: CallRow): Promise<CallRow> {
  let row = call
  if (call.thread_id) await missThread(writer, call.thread_id)
  else {
    const threadId = await openThread(writer, {
      channelId: call.channel_id,
      number: call.from_number,
      contact: call.contact,
      ownerId: null,
      missed: true,
    })
    row = await patchCall(writer, call.id, { thread_id: threadId })
  }
  await saveCallEntry(writer, call.id)
  await notifyMissed(writer, call.id, call.outcome === 'voicemail' ? 'voicemail' : 'missed-call')
  return row
}
