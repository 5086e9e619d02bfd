/** What happens in the conference of a claim, as Twilio tells it: late, doubled and in any order. */
import type { CallRow } from '../store/tables.ts'
import { goLiveIfBothIn } from './ending.ts'
import { mendCall } from './mend.ts'
import { once } from './once.ts'
import type { CallsParts } from './parts.ts'
import { findCall, lockCall, patchCall } from './rows.ts'

export interface ConferenceEvent {
  callId: string
  /** Of the claim whose conference it is. */
  epoch: number
  /** Tells this event apart from every other of the call. */
  key: string
  event: string
  ConferenceSid: string
  /** Whose leg; undefined for events of the conference itself. */
  CallSid?: string | undefined
}

/** A leg came in: with both in, the call is live. A leg left: Twilio is asked what that means, for its events alone cannot tell. */
export async function conferenceChanged(parts: CallsParts, change: ConferenceEvent): Promise<void> {
  await parts.store.write((writer) =>
    once(writer, `conference-status:${change.key}`, { callId: change.callId }, async () => {
      const call = await lockCall(writer, change.callId)
      // Another epoch: the conference of a claim that is over.
      if (call?.epoch !== change.epoch || (call.state !== 'claimed' && call.state !== 'live')) return ''
      const whose = whoseLeg(call, change.CallSid)
      if (change.event === 'participant-join' && whose) {
        const row = await patchCall(writer, call.id, { [whose]: true, conference_sid: change.ConferenceSid })
        await goLiveIfBothIn(writer, row)
      }
      if (change.event === 'participant-leave' && whose) {
        // Gone for good: a leg does not come back. Before `live` the winner may try once more until the lease ends.
        const agentSid = whose === 'agent_in' && call.state === 'claimed' ? null : call.agent_sid
        await patchCall(writer, call.id, { [whose]: false, agent_sid: agentSid })
      }
      if (change.event === 'participant-leave' || change.event === 'conference-end') {
        writer.afterCommit(() => lookAgain(parts, call))
      }
      return ''
    }),
  )
}

function whoseLeg(call: CallRow, leg: string | undefined): 'caller_in' | 'agent_in' | undefined {
  if (leg === undefined) return undefined
  if (leg === call.provider_sid) return 'caller_in'
  return leg === call.agent_sid ? 'agent_in' : undefined
}

/** Is the caller gone (the conference ended with them), or only the agent (a crash, or a hang-up that is under way)? */
async function lookAgain(parts: CallsParts, { id, epoch }: CallRow): Promise<void> {
  const call = await findCall(parts.store.db, id)
  if (call?.epoch === epoch && (call.state === 'claimed' || call.state === 'live')) await mendCall(parts, call)
}
