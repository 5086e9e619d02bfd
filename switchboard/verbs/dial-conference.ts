import type { LeaveReason } from '../conferences/member.ts'
import { note, resolveAddress, type Stage } from '../programs/stage.ts'
import { recordingOrder } from '../recordings/order.ts'
import { flagOf, methodOf, numberOf, textOf, wordsOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'

/** Joins and stays until the leg leaves; returns the fields of the action. */
export async function dialConference(stage: Stage, dial: Element, noun: Element): Promise<Record<string, string>> {
  const { room, leg, signal } = stage
  const { conferences } = room
  room.legs.answer(leg)
  const statusCallback = textOf(noun, 'statusCallback')
  const callback = statusCallback
    ? {
        url: resolveAddress(stage, statusCallback),
        method: methodOf(noun, 'statusCallbackMethod'),
        events: wordsOf(noun, 'statusCallbackEvent'),
      }
    : undefined
  const waitUrl = textOf(noun, 'waitUrl')
  const maxParticipants = numberOf(noun, 'maxParticipants') ?? 250
  const conference = conferences.open(noun.text, { callback, maxParticipants })
  const member = conferences.join(conference, leg, {
    callback,
    maxParticipants,
    label: textOf(noun, 'participantLabel'),
    muted: flagOf(noun, 'muted'),
    beep: textOf(noun, 'beep') ?? 'true',
    startOnEnter: flagOf(noun, 'startConferenceOnEnter'),
    endOnExit: flagOf(noun, 'endConferenceOnExit'),
    waitUrl: waitUrl ? resolveAddress(stage, waitUrl) : waitUrl,
    waitMethod: methodOf(noun, 'waitMethod'),
  })
  if (!member) {
    note(stage, `Conference ${noun.text} is full`)
    return { DialCallStatus: 'failed' }
  }
  note(stage, `Dial Conference ${noun.text}`)
  if (textOf(noun, 'record') === 'record-from-start' && !conference.recording) {
    conference.recording = room.recordings.start(recordingOrder(stage, noun, 'Conference', { conferenceSid: conference.sid }))
  }
  const leave = (reason: LeaveReason) => conferences.leave(conference, member, reason)
  const onAbort = () => leave(leg.over.signal.aborted ? 'participant_hung_up' : 'participant_updated_via_api')
  const onDigit = (digit: string) => {
    if (digit === '*' && flagOf(dial, 'hangupOnStar')) leave('participant_pressed_star')
  }
  const cancelTimer = room.clock.after((numberOf(dial, 'timeLimit') ?? 14_400) * 1000, () => room.legs.end(leg, { status: 'completed' }))
  signal.addEventListener('abort', onAbort, { once: true })
  leg.digitListeners.add(onDigit)
  if (signal.aborted) onAbort()
  await member.left
  cancelTimer()
  signal.removeEventListener('abort', onAbort)
  leg.digitListeners.delete(onDigit)
  return { DialCallStatus: 'answered' }
}
