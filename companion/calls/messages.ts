/** Twilio tells of a message, or of the end of the caller's leg. */
import { hangUpDocument } from './documents.ts'
import { callerLeft } from './ending.ts'
import { findUnheardCall } from './found.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'
import { saveRecording } from './recordings.ts'
import { findCallOfLeg, lockCall } from './rows.ts'

export interface Message {
  CallSid: string
  RecordingSid: string
  /** Whole seconds. */
  seconds: number
}

/** From `recorded` (the caller is done) and from `recording-status` (the file is ready): whichever comes first counts. */
export async function messageLeft(parts: CallsParts, message: Message, key: string): Promise<string> {
  return parts.store.write((writer) =>
    once(writer, key, { leg: message.CallSid }, async () => {
      const known = await findCallOfLeg(writer.db, message.CallSid)
      const call = known && (await lockCall(writer, known.id))
      if (call) await saveRecording(writer, call, { sid: message.RecordingSid, seconds: message.seconds })
      // The fallback recorded it while we were down.
      else writer.afterCommit(() => findUnheardCall(parts, message.CallSid))
      return hangUpDocument()
    }),
  )
}

/** The caller's leg is over. */
export async function legEnded(parts: CallsParts, leg: string, status: string): Promise<void> {
  await parts.store.write((writer) =>
    once(writer, `call-status:${leg}:${status}`, { leg }, async () => {
      const known = await findCallOfLeg(writer.db, leg)
      const call = known && (await lockCall(writer, known.id))
      if (call) await callerLeft(writer, call)
      else writer.afterCommit(() => findUnheardCall(parts, leg))
      return ''
    }),
  )
}
