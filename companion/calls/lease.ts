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

type Lease = Pick<CallRow, 'id' | 'epoch' | 'lease_until'>

/** Looks at a claim when its lease ends. The timer is the row: every companion arms it at start, and the sweep looks as well. */
export function watchLease(parts: CallsParts, lease: Lease): void {
  const fail = (error: unknown) => parts.log.error({ call: lease.id, ...withoutData(error) }, 'the lease could not be ended')
  if (lease.lease_until) parts.later(lease.lease_until, () => void leaseEnds(parts, lease).catch(fail))
}

async function leaseEnds(parts: CallsParts, { id, epoch }: Lease): Promise<void> {
  const claim = async () => {
    const call = await findCall(parts.store.db, id)
    return call?.state === 'claimed' && call.epoch === epoch && call.lease_until ? { ...call, lease_until: call.lease_until } : undefined
  }
  const call = await claim()
  if (!call) return
  try {
    await mendCall(parts, call)
  } catch (error) {
    parts.log.warn({ call: id, ...withoutData(error) }, 'Twilio could not be asked at the end of a lease')
    const now = parts.clock.now().getTime()
    if (now < call.lease_until.getTime() + DOUBT_MS) watchLease(parts, { id, epoch, lease_until: new Date(now + ASK_AGAIN_MS) })
    else await loseAgent(parts, call, 'audio-failed')
    return
  }
  const renewed = await claim()
  if (renewed && renewed.lease_until > call.lease_until) watchLease(parts, renewed)
}
