/** Reads a call back from Twilio and mends what a lost callback, or a companion's death, left wrong. */
import { withoutData } from '../http/errors.ts'
import type { CallRow } from '../store/tables.ts'
import type { LegStatus } from '../twilio/provider.ts'
import { conferenceName } from './addresses.ts'
import { moveCaller } from './caller.ts'
import { callerLeft, goLiveIfBothIn, ringOver } from './ending.ts'
import { loseAgent } from './lose-agent.ts'
import type { CallsParts } from './parts.ts'
import { saveRecording } from './recordings.ts'
import { lockCall, patchCall } from './rows.ts'

const over: readonly LegStatus[] = ['completed', 'canceled', 'busy', 'no-answer', 'failed']

/** So long after the ring's end Twilio must have asked `unanswered`, or gone to the fallback. Milliseconds. */
const UNANSWERED_GRACE_MS = 10_000
/** A participant list may lag behind a join. Milliseconds. */
const SETTLE_MS = 4000

/** Rejects with voice_provider_failed where Twilio cannot be asked. */
export async function mendCall(parts: CallsParts, seen: CallRow): Promise<void> {
  const leg = await parts.provider.fetchCall(seen.provider_sid)
  if (!leg || over.includes(leg.status)) return endLeft(parts, seen, leg?.endedAt ?? undefined)
  const now = parts.clock.now().getTime()
  if ((seen.state === 'ringing' || seen.state === 'voicemail') && (await isLeftBehind(parts, seen))) moveSoon(parts, seen)
  if (seen.state === 'voicemail') return gatherRecordings(parts, seen)
  if (seen.state === 'claimed' || seen.state === 'live') return mendConversation(parts, seen, now)
  if (seen.state === 'ringing' && now > (seen.ring_until?.getTime() ?? 0) + UNANSWERED_GRACE_MS) {
    // No redirect: Twilio held the timer, so the caller is with the fallback's voicemail by now, perhaps in the middle of a message.
    await parts.store.write(async (writer) => {
      const call = await lockCall(writer, seen.id)
      if (call?.state === 'ringing' && call.epoch === seen.epoch) await ringOver(writer, call, 'ring-time-over')
    })
  }
}

async function mendConversation(parts: CallsParts, seen: CallRow, now: number): Promise<void> {
  if (seen.state === 'live' && seen.hang_up_by) return parts.provider.endCall(seen.provider_sid)
  const legs = await parts.provider.listConferenceParticipants(conferenceName(seen))
  const callerIn = legs.includes(seen.provider_sid)
  const agentIn = seen.agent_sid !== null && legs.includes(seen.agent_sid)
  if (seen.state === 'claimed') {
    if (callerIn && agentIn) return setIn(parts, seen)
    const leaseOver = now >= (seen.lease_until?.getTime() ?? 0)
    if (leaseOver && !agentIn) await loseAgent(parts, seen, 'audio-failed')
    // A redirect that was lost with the companion that was to send it: not the agent's fault.
    else if (!callerIn) await bringCaller(parts, seen, leaseOver)
    return
  }
  const settled = now > (seen.live_at?.getTime() ?? 0) + SETTLE_MS
  if (!seen.agent_in || (settled && !agentIn)) await loseAgent(parts, seen, 'agent-left')
}

/** The caller is still in the room of the claim before this ring: whoever was to redirect them died. No timer of Twilio's runs there. */
async function isLeftBehind(parts: CallsParts, { id, epoch, provider_sid }: CallRow): Promise<boolean> {
  if (epoch < 2) return false
  const legs = await parts.provider.listConferenceParticipants(conferenceName({ id, epoch: epoch - 1 }))
  return legs.includes(provider_sid)
}

/** Redirects the caller again, with another lease where the first is over. */
async function bringCaller(parts: CallsParts, seen: CallRow, leaseOver: boolean): Promise<void> {
  if (leaseOver) {
    await parts.store.write(async (writer) => {
      const call = await lockCall(writer, seen.id)
      if (call?.epoch !== seen.epoch || call.state !== 'claimed') return
      await patchCall(writer, call.id, { lease_until: new Date(writer.now.getTime() + parts.leaseSeconds * 1000), caller_in: false })
    })
  }
  moveSoon(parts, seen)
}

/** Not waited for: it may take 15 s. */
function moveSoon(parts: CallsParts, { id, epoch }: CallRow): void {
  moveCaller(parts, id, epoch).catch((error) => parts.log.warn({ call: id, ...withoutData(error) }, 'the caller could not be brought'))
}

async function setIn(parts: CallsParts, seen: CallRow): Promise<void> {
  await parts.store.write(async (writer) => {
    const call = await lockCall(writer, seen.id)
    if (call?.epoch !== seen.epoch || call.state !== 'claimed') return
    await goLiveIfBothIn(writer, await patchCall(writer, call.id, { caller_in: true, agent_in: true }))
  })
}

/** The caller's leg is over. They may have left a message with the fallback before somebody claimed the call. */
async function endLeft(parts: CallsParts, seen: CallRow, at: Date | undefined): Promise<void> {
  await gatherRecordings(parts, seen)
  await parts.store.write(async (writer) => {
    const call = await lockCall(writer, seen.id)
    if (call) await callerLeft(writer, call, at)
  })
}

/** Messages of which no callback came. */
export async function gatherRecordings(parts: CallsParts, seen: CallRow): Promise<void> {
  const recordings = (await parts.provider.listRecordings(seen.provider_sid)).filter((recording) => recording.completed)
  if (recordings.length === 0) return
  await parts.store.write(async (writer) => {
    const call = await lockCall(writer, seen.id)
    if (call) for (const recording of recordings) await saveRecording(writer, call, recording)
  })
}
