/** What happens when a call comes in. */
import { randomUUID } from 'node:crypto'
import { type Channel, findChannelOfNumber, readChannelUsers } from '../channels/channel.ts'
import { type RouteAnswer, route } from '../routing/route.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { CallRow } from '../store/tables.ts'
import { partyNumber } from './anonymous.ts'
import { closedDocument, hangUpDocument, ringingDocument, voicemailDocument } from './documents.ts'
import { saveMissed } from './missed.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'
import { offer } from './ring.ts'

export interface Arrival {
  CallSid: string
  From?: string | undefined
  To: string
}

/**
 * One transaction: the call, the router's answer with a reason for every user, the offers; or the missed thread at once. Answers what the caller
 * hears. A number that no channel has is hung up on.
 */
export async function callArrived(parts: CallsParts, { CallSid, From, To }: Arrival): Promise<string> {
  return parts.store.write((writer) =>
    once(writer, `inbound:${CallSid}`, { leg: CallSid }, async () => {
      const channel = await findChannelOfNumber(writer.db, To)
      if (!channel) {
        parts.log.warn({ leg: CallSid }, 'a call to a number that no channel has')
        return hangUpDocument()
      }
      const users = await readChannelUsers(writer.db, channel.id, writer.now)
      const routed = route({ channel, now: writer.now, users })
      const call = await insertCall(writer, channel, routed, { CallSid, From, To })
      await offer(writer, call, routed.ledger)
      if (routed.outcome !== 'ring') await saveMissed(writer, call)
      parts.log.info({ call: call.id, outcome: routed.outcome, rung: routed.ring.length }, 'a call came in')
      return firstDocument(parts.publicUrl, call, channel, routed)
    }),
  )
}

async function insertCall(writer: Writer, channel: Channel, routed: RouteAnswer, { CallSid, From, To }: Arrival): Promise<CallRow> {
  const { db, now } = writer
  const from = partyNumber(From)
  const state = { ring: 'ringing', voicemail: 'voicemail', closed: 'ended' } as const
  const closed = routed.outcome === 'closed'
  return db
    .insertInto('calls')
    .values({
      id: randomUUID(),
      provider_sid: CallSid,
      channel_id: channel.id,
      direction: 'inbound',
      from_number: from,
      to_number: To,
      contact: await knownContact(writer, from),
      state: state[routed.outcome],
      epoch: 1,
      ring_until: routed.outcome === 'ring' ? new Date(now.getTime() + channel.ringSeconds * 1000) : null,
      arrived_at: now,
      ended_at: closed ? now : null,
      outcome: closed ? 'closed' : null,
      missed_reason: routed.missedReason,
      checked_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Who this number was the last time. */
export async function knownContact({ db }: { db: Reader }, number: string) {
  if (number === 'anonymous') return null
  const thread = await db
    .selectFrom('threads')
    .select('contact')
    .where('number', '=', number)
    .where('contact', 'is not', null)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return thread?.contact ?? null
}

function firstDocument(publicUrl: string, call: CallRow, channel: Channel, routed: RouteAnswer): string {
  const greeting = channel.greetings[routed.greeting]
  if (routed.outcome === 'ring') return ringingDocument({ publicUrl, call }, channel.ringSeconds)
  return routed.outcome === 'closed' ? closedDocument(greeting, publicUrl) : voicemailDocument({ publicUrl, call }, greeting)
}
