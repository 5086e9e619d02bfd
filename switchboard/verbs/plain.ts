import { gotoAddress, note, type Stage, type Step } from '../programs/stage.ts'
import { methodOf, numberOf, textOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'

/** Silence. As a first verb it delays the answer, as Twilio's does. */
export async function pause(stage: Stage, element: Element): Promise<Step> {
  const seconds = numberOf(element, 'length') ?? 1
  note(stage, `Pause ${seconds} s`)
  await stage.room.clock.wait(seconds * 1000, stage.signal)
  return undefined
}

export async function redirect(stage: Stage, element: Element): Promise<Step> {
  note(stage, `Redirect to ${element.text || 'the same document'}`)
  return gotoAddress(stage, element.text, methodOf(element, 'method'), 'redirect')
}

/** Twilio answers the call before it hangs up; only Reject does not. */
export async function hangUp(stage: Stage): Promise<Step> {
  note(stage, 'Hangup')
  stage.room.legs.answer(stage.leg)
  stage.room.legs.end(stage.leg, { status: 'completed' })
  return 'hang-up'
}

export async function reject(stage: Stage, element: Element): Promise<Step> {
  const reason = textOf(element, 'reason') ?? 'rejected'
  note(stage, `Reject (${reason})`)
  stage.room.legs.end(stage.leg, { status: reason === 'busy' ? 'busy' : 'no-answer' })
  return 'hang-up'
}

export async function leave(stage: Stage): Promise<Step> {
  note(stage, 'Leave')
  return 'leave'
}
