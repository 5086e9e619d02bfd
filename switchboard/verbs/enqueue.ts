import { callFields } from '../calls/fields.ts'
import type { Queue } from '../calls/queues.ts'
import { QUEUE_VERBS } from '../programs/run-documents.ts'
import { gotoAddress, note, resolveAddress, type Stage, type Step } from '../programs/stage.ts'
import { runWaiting } from '../programs/waiting-program.ts'
import { methodOf, textOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'

/** Waits in a queue until `<Leave>`, a hang-up, or a redirect from outside. */
export async function enqueue(stage: Stage, element: Element): Promise<Step> {
  const { room, leg, signal } = stage
  room.legs.answer(leg)
  const queue = room.queues.named(element.text)
  const since = room.clock.now()
  queue.waiting.push(leg.call.sid)
  note(stage, `Enqueue in ${queue.name}, position ${queue.waiting.length}`)
  const waitUrl = textOf(element, 'waitUrl')
  const seconds = () => Math.round((room.clock.now() - since) / 1000)
  const outcome = await runWaiting(
    { ...stage, queue },
    {
      url: waitUrl === undefined || waitUrl === '' ? waitUrl : resolveAddress(stage, waitUrl),
      method: methodOf(element, 'waitUrlMethod'),
      event: 'queue-wait',
      fields: () => waitingFields(queue, leg.call.sid, seconds()),
    },
    QUEUE_VERBS,
  )
  if (outcome === 'finished') await room.clock.wait(Number.MAX_SAFE_INTEGER, signal)
  queue.waiting = queue.waiting.filter((sid) => sid !== leg.call.sid)
  const fields = { QueueSid: queue.sid, QueueTime: String(seconds()), QueueResult: outcome === 'leave' ? 'leave' : 'hangup' }
  const action = textOf(element, 'action')
  if (outcome === 'leave') return action ? gotoAddress(stage, action, methodOf(element, 'method'), 'enqueue-action', fields) : undefined
  if (leg.over.signal.aborted && action) {
    const url = resolveAddress(stage, action)
    const all = { ...callFields(leg.call), ...fields }
    room.webhooks.tell({ url, method: methodOf(element, 'method'), fields: all }, { event: 'enqueue-action', callSid: leg.call.sid })
  }
  return outcome === 'hang-up' ? 'hang-up' : undefined
}

function waitingFields(queue: Queue, callSid: string, seconds: number): Record<string, string> {
  return {
    QueueSid: queue.sid,
    QueueTime: String(seconds),
    QueuePosition: String(queue.waiting.indexOf(callSid) + 1),
    CurrentQueueSize: String(queue.waiting.length),
    AvgQueueTime: String(seconds),
  }
}
