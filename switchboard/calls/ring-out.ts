/** Rings a far end and says how it went. */
import type { Room } from '../room.ts'
import type { CallCallback } from './call.ts'
import type { Leg } from './leg.ts'

export interface RingOrder {
  to: string
  from: string
  direction: 'outbound-api' | 'outbound-dial'
  parentCallSid?: string
  /** Shown to an SDK client. */
  custom?: Record<string, string>
  callback?: CallCallback
  /** Milliseconds until nobody answered. */
  timeoutMs: number
}

/** What rings, and a promise of whether it was answered; a leg that was not has ended with its status by then. */
export interface Rung {
  leg: Leg
  answered: Promise<boolean>
}

export function ringOut(room: Room, order: RingOrder): Rung {
  const { legs, clock, log } = room
  const leg = legs.create({ ...order, custom: {} })
  const { call } = leg
  const ringing = room
    .finder()
    .ring(order.to, { callSid: call.sid, accountSid: call.accountSid, from: order.from, custom: order.custom ?? {} })
  if (!ringing) {
    log.add({ kind: 'call', callSid: call.sid, text: `there is no ${order.to}` })
    legs.end(leg, { status: 'no-answer' })
    return { leg, answered: Promise.resolve(false) }
  }
  leg.stopRinging = () => ringing.cancel()
  legs.ring(leg)
  const cancelTimer = clock.after(order.timeoutMs, () => legs.end(leg, { status: 'no-answer' }))
  leg.over.signal.addEventListener('abort', cancelTimer, { once: true })
  const answered = ringing.outcome.then((outcome) => {
    cancelTimer()
    leg.stopRinging = undefined
    if ('end' in outcome) {
      legs.end(leg, outcome.end)
      return false
    }
    if (leg.over.signal.aborted) {
      outcome.line.ended({ status: 'canceled' })
      return false
    }
    legs.attach(leg, outcome.line)
    legs.answer(leg)
    return true
  })
  return { leg, answered }
}
