/**
 * All legs and their lives:
 *
 *   queued ─▶ ringing ─▶ in-progress ─▶ completed
 *      └────────┴─▶ busy · failed · no-answer · canceled
 *
 * The one place that changes a call's status; each change tells the status callback that wants to know.
 */
import type { Clock } from '../clock/clock.ts'
import type { Line, LineEnd } from '../exchange.ts'
import type { CallLog } from '../log/call-log.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import { type Call, type CallEvent, isOver } from './call.ts'
import { statusFields } from './fields.ts'
import { createLeg, type Leg } from './leg.ts'
import { makeSid } from './sid.ts'

export type NewCall = Pick<Call, 'from' | 'to' | 'direction'> &
  Partial<Pick<Call, 'parentCallSid' | 'phoneNumberSid' | 'custom' | 'callback' | 'status'>>

export interface Legs {
  create(call: NewCall): Leg
  get(sid: string): Leg | undefined
  all(): Leg[]
  /** The far end rings. */
  ring(leg: Leg): void
  /** Opens the line. Does nothing to a leg that is answered or over. */
  answer(leg: Leg): void
  /** Joins a line to a leg and listens to its keys and its hang-up. */
  attach(leg: Leg, line: Line): void
  /** Ends it from our side. A call in progress is always `completed`. */
  end(leg: Leg, end: LineEnd): void
  forget(sid: string): void
}

export function createLegs(services: { clock: Clock; log: CallLog; webhooks: Webhooks; accountSid: string }): Legs {
  const { clock, log, webhooks, accountSid } = services
  const legs = new Map<string, Leg>()

  function tell(leg: Leg, event: CallEvent) {
    const { callback, sid } = leg.call
    if (!callback?.events.includes(event)) return
    const fields = statusFields(leg.call, leg.sequence, clock.now())
    leg.sequence += 1
    webhooks.tell({ url: callback.url, method: callback.method, fields }, { event, callSid: sid })
  }

  function change(leg: Leg, status: Call['status'], event?: CallEvent) {
    leg.call.status = status
    leg.call.updatedAt = clock.now()
    log.add({ kind: 'call', callSid: leg.call.sid, text: `${leg.call.from} → ${leg.call.to || '(application)'} is ${status}` })
    if (event) tell(leg, event)
  }

  function finish(leg: Leg, end: LineEnd) {
    leg.call.endedAt = clock.now()
    const status = leg.call.startedAt === undefined ? end.status : 'completed'
    change(leg, status, 'completed')
    leg.over.abort()
    leg.mouth.source = undefined
    leg.taps.clear()
  }

  return {
    create(given) {
      const now = clock.now()
      const leg = createLeg({ sid: makeSid('CA'), accountSid, status: 'queued', custom: {}, createdAt: now, updatedAt: now, ...given })
      legs.set(leg.call.sid, leg)
      change(leg, leg.call.status, leg.call.direction === 'inbound' ? undefined : 'initiated')
      return leg
    },
    get: (sid) => legs.get(sid),
    all: () => [...legs.values()],
    ring(leg) {
      if (!isOver(leg.call)) change(leg, 'ringing', 'ringing')
    },
    attach(leg, line) {
      leg.line = line
      line.onDigit((digit) => {
        log.add({ kind: 'call', callSid: leg.call.sid, text: `pressed ${digit}` })
        for (const listener of [...leg.digitListeners]) listener(digit)
      })
      line.onHangUp(() => {
        if (isOver(leg.call)) return
        log.add({ kind: 'call', callSid: leg.call.sid, text: 'hung up' })
        line.port.close()
        finish(leg, { status: leg.call.startedAt === undefined ? 'no-answer' : 'completed' })
      })
    },
    answer(leg) {
      if (isOver(leg.call) || leg.call.startedAt !== undefined) return
      leg.call.startedAt = clock.now()
      change(leg, 'in-progress', 'answered')
      leg.line?.answered(leg.call.sid)
    },
    end(leg, end) {
      if (isOver(leg.call)) return
      leg.stopRinging?.()
      finish(leg, end)
      leg.line?.ended(leg.call.startedAt === undefined ? end : { ...end, status: 'completed' })
      leg.line?.port.close()
    },
    forget(sid) {
      legs.delete(sid)
    },
  }
}
