import { callFields } from '../calls/fields.ts'
import { gotoAddress, note, type Stage, type Step } from '../programs/stage.ts'
import { methodOf, textOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'
import { dialConference } from './dial-conference.ts'
import { dialParties } from './dial-parties.ts'

/** Connects the leg with a conference, or with whoever of the nouns answers first. */
export async function dial(stage: Stage, element: Element): Promise<Step> {
  const [first] = element.children
  const fields = first?.name === 'Conference' ? await dialConference(stage, element, first) : await dialParties(stage, element)
  if (stage.signal.aborted && !stage.leg.over.signal.aborted) return undefined
  note(stage, `Dial ended: ${fields.DialCallStatus}`)
  const action = textOf(element, 'action')
  if (!action) return undefined
  const step = gotoAddress(stage, action, methodOf(element, 'method'), 'dial-action', fields)
  if (!stage.leg.over.signal.aborted || typeof step !== 'object' || step.goto.kind !== 'url') return step
  const { url, method } = step.goto
  const { webhooks } = stage.room
  webhooks.tell(
    { url, method, fields: { ...callFields(stage.leg.call), ...fields } },
    { event: 'dial-action', callSid: stage.leg.call.sid },
  )
  return 'hang-up'
}
