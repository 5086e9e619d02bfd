import { RingsideError } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'
import { findCall, findCallOfLeg } from './rows.ts'

/** So long Twilio may try a request again whose first try ended the call. Its own limit is 15 s a try. */
const RETRY_MS = 60_000

/** Whose request it is: by our id, or by the caller's leg. */
export type Whose = { callId: string } | { leg: string }

/**
 * Handles a request only once. `key` names the event: a key of ours from the address, and what in the signed form tells two events of one address
 * apart. The first time, `handle` runs and its answer is kept, in one transaction with what it did.
 *
 * The same key again means Twilio's retry, a doubled delivery, or somebody who replays what they overheard; a signature has no time in it, so
 * nothing else tells them apart. While the call goes on, all get the answer that the first one got, and nothing is done. When the call is over,
 * nobody has a reason to ask any more: RingsideError('replayed_webhook'), except within a minute of a request that itself ended the call.
 */
export async function once(writer: Writer, key: string, whose: Whose, handle: () => Promise<string>): Promise<string> {
  const { db, now } = writer
  const fresh = await db
    .insertInto('webhooks')
    .values({ key, answer: '', at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!fresh) return sameAgain(writer, key, whose)
  const answer = await handle()
  if (answer !== '') await db.updateTable('webhooks').set({ answer }).where('key', '=', key).execute()
  return answer
}

async function sameAgain({ db, now }: Writer, key: string, whose: Whose): Promise<string> {
  const first = await db.selectFrom('webhooks').selectAll().where('key', '=', key).executeTakeFirstOrThrow()
  const call = 'callId' in whose ? await findCall(db, whose.callId) : await findCallOfLeg(db, whose.leg)
  if (!call?.ended_at) return first.answer
  const endedByIt = call.ended_at.getTime() === first.at.getTime() && now.getTime() - first.at.getTime() < RETRY_MS
  if (endedByIt) return first.answer
  throw new RingsideError('replayed_webhook')
}
