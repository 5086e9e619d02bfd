/** An admin's phone page comes with a hearing ticket instead of a claim. */
import { type Heard, useTicket } from '../greetings/hearings.ts'
import type { Reader } from '../store/store.ts'
import { userIdFrom } from '../twilio/identity.ts'
import { hangUpDocument, previewDocument, testCallDocument } from './documents.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'

export interface Hearing {
  CallSid: string
  From: string
  /** The ticket. */
  hear: string
}

/** Gives what the ticket is for, once; Twilio's own retry is answered the same. Anybody else is hung up on. */
export async function hearingAsked(parts: CallsParts, { CallSid, From, hear }: Hearing): Promise<string> {
  return parts.store.write((writer) =>
    once(writer, `hear:${CallSid}`, { leg: CallSid }, async () => {
      const heard = await useTicket(writer, userIdFrom(From), hear)
      const document = heard && (await documentOf(writer.db, parts.publicUrl, heard))
      if (document === undefined) parts.log.warn({ leg: CallSid }, 'a hearing ticket was refused')
      return document ?? hangUpDocument()
    }),
  )
}

async function documentOf(db: Reader, publicUrl: string, heard: Heard): Promise<string | undefined> {
  if ('greeting' in heard) return previewDocument(publicUrl, heard.greeting)
  const number = await db
    .selectFrom('channels')
    .innerJoin('numbers', 'numbers.id', 'channels.number_id')
    .select('numbers.e164')
    .where('channels.id', '=', heard.channelId)
    .where('channels.deleted_at', 'is', null)
    .executeTakeFirst()
  return number && testCallDocument(number.e164)
}
