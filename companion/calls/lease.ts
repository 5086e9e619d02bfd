/** The winner's audio must be up within the lease; otherwise the call rings on with the others. */
import { withoutData } from '../http/errors.ts'
import type { CallRow } from '../store/tables.ts'
import { loseAgent } from './lose-agent.ts'
import { mendCall } from './mend.ts'
import type { CallsParts } from './parts.ts'
import { findCall } from './rows.ts'

/** Where Twilio cannot be asked, the lease goes on for so long, asking again, before the agent is given up. Milliseconds. */
const DOUBT_MS = 15_000
const ASK_AGAIN_MS = 2000

/** Looks at a claim when its lease ends. The timer is the row: every companion arms it at start, and the sweep looks as well. */
export function watchLease(parts: CallsParts, { id, epoch, lease_until }: Pick<CallRow, 'id' | 'epoch' | 'lease_until'>): void {
  if (lease_until)
    parts.later(
      lease_until,
      () =>
        void leaseEnds(parts, id, epoch).catch((err) => parts.log.error({ call: id, ...withoutData(err) }, 'the lease could not be ended')),
    )
}

export async function leaseEnds(parts: CallsParts, callId: string, epoch: number): Promise<void> {
  const call = await findCall(parts.store.db, callId)
  if (call?.state !== 'claimed' || call.epoch !== epoch || !call.lease_until) return
  try {
    await mendCall(parts, call)
  } catch (err) {
    parts.log.warn({ call: callId, ...withoutData(err) }, 'Twilio could not be asked at the end of a lease')
    const now = parts.clock.now()
    if (now.getTime() < call.lease_until.getTime() + DOUBT_MS) {
      parts.later(new Date(now.getTime() + ASK_AGAIN_MS), () => void leaseEnds(parts, callId, epoch))
    } else await loseAgent(parts, call, 'audio-failed')
  }
}
