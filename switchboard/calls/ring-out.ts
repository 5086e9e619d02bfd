/** Rings a far end and says how it went. */
import type { Room } from '../room.ts'
import type { CallCallback } from './call.ts'
import type { Leg } from './leg.ts'
import { ringOwnNumber } from './own-number.ts'

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
  const leg = room.legs.create({ ...order, custom: {} })
  const wait = order.direction === 'outbound-api' ? room.pacer.take() : 0
  const answered = wait === 0 ? ring(room, leg, order) : room.clock.wait(wait, leg.over.signal).then(() => ring(room, leg, order))
  return { leg, answered }
}

function ring(room: Room, leg: Leg, order: RingOrder): Promise<boolean> {
  const { legs, clock, log } = room
  const { call } = leg
  if (leg.over.signal.aborted) return Promise.resolve(false)
  const ringing =
    ringOwnNumber(room, order.from, order.to) ??
    room.finder().ring(order.to, { callSid: call.sid, accountSid: call.accountSid, from: order.from, custom: order.custom ?? {} })
  if (!ringing) {
    log.add({ kind: 'call', callSid: call.sid, text: `there is no ${order.to}` })
    legs.end(leg, { status: 'no-answer' })
    return Promise.resolve(false)
  }
  leg.stopRinging = () => ringing.cancel()
  legs.ring(leg)
  const cancelTimer = clock.after(order.timeoutMs, () => legs.end(leg, { status: 'no-answer' }))
  leg.over.signal.addEventListener('abort', cancelTimer, { once: true })
  return ringing.outcome.then((outcome) => {
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
}
