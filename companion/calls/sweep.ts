/** Looks after every call that is older than its state allows, and after those that we never heard of. */

import { withoutData } from '../http/errors.ts'
import type { CallRow } from '../store/tables.ts'
import { findUnheardCalls } from './found.ts'
import { gatherRecordings, mendCall } from './mend.ts'
import type { CallsParts } from './parts.ts'

/** Milliseconds. */
const EVERY_MS = 10_000
const UNHEARD_EVERY_MS = 60_000

/** How long a call may stay in a state before it is looked at, and looked at again. Seconds. */
const PATIENCE = { ringing: 15, claimed: 10, live: 60, voicemail: 30 } as const
/** A message may be told this long after a call that seemed to end without one. Seconds. */
const LATE_MESSAGE = { patience: 45, giveUp: 600 }

/** Starts: all calls that go on are looked at at once, then every 10 s those that are due. It ends with the companion. */
export function startSweep(parts: CallsParts): void {
  let unheardAt = Number.NEGATIVE_INFINITY
  const round = async (all: boolean): Promise<void> => {
    try {
      await sweepCalls(parts, all)
      if (parts.clock.now().getTime() - unheardAt >= UNHEARD_EVERY_MS) {
        unheardAt = parts.clock.now().getTime()
        await findUnheardCalls(parts)
      }
    } catch (err) {
      parts.log.warn(withoutData(err), 'a sweep failed')
    }
    parts.later(new Date(parts.clock.now().getTime() + EVERY_MS), () => void round(false))
  }
  void round(true)
}

/** One round. Several companions share the work: taking a row means moving its `checked_at`. */
export async function sweepCalls(parts: CallsParts, all: boolean): Promise<void> {
  for (const call of await takeDue(parts, all)) {
    try {
      await (call.state === 'ended' ? gatherRecordings(parts, call) : mendCall(parts, call))
    } catch (err) {
      parts.log.warn({ call: call.id, ...withoutData(err) }, 'a call could not be looked at')
    }
  }
}

function takeDue(parts: CallsParts, all: boolean): Promise<CallRow[]> {
  const now = parts.clock.now()
  const before = (seconds: number) => new Date(now.getTime() - seconds * 1000)
  return parts.store.write(({ db }) => {
    // Only what is due is locked: the calls of former years are many.
    const due = db
      .selectFrom('calls')
      .select('id')
      .where((eb) =>
        eb.or([
          ...(['ringing', 'claimed', 'live', 'voicemail'] as const).map((state) =>
            eb.and([eb('state', '=', state), eb('checked_at', '<=', all ? now : before(PATIENCE[state]))]),
          ),
          eb.and([
            eb('state', '=', 'ended'),
            eb('outcome', 'in', ['missed', 'abandoned']),
            eb('ended_at', '>', before(LATE_MESSAGE.giveUp)),
            eb('checked_at', '<=', before(LATE_MESSAGE.patience)),
          ]),
        ]),
      )
      .forNoKeyUpdate()
      .skipLocked()
    return db.updateTable('calls').set({ checked_at: now }).where('id', 'in', due).returningAll().execute()
  })
}
