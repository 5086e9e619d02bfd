/** A number of this very account is rung, as a test call does: the far end is another leg of ours, inbound, and its webhooks say what happens. */
import type { Line, LineEnd, RingingLine } from '../exchange.ts'
import type { Frame, MediaPort } from '../media/port.ts'
import type { Room } from '../room.ts'
import { createExchange } from './inbound.ts'

/** Undefined where nobody here owns the number. */
export function ringOwnNumber(room: Room, from: string, to: string): RingingLine | undefined {
  if (!room.store.data.numbers.some((number) => number.phoneNumber === to)) return undefined
  const { promise: outcome, resolve } = Promise.withResolvers<{ line: Line } | { end: LineEnd }>()
  const [outer, inner] = makePair({ answered: () => resolve({ line: outer }), ended: (end) => resolve({ end }) })
  createExchange(room).dial(from, to, inner)
  return {
    outcome,
    cancel: () => {
      outer.ended({ status: 'canceled' })
      resolve({ end: { status: 'canceled' } })
    },
  }
}

/** Two lines, each the other's far end. What one is told in a tick, the other says in the next. */
function makePair(onInner: { answered: () => void; ended: (end: LineEnd) => void }): [outer: Line, inner: Line] {
  const outer = makeEnd()
  const inner = makeEnd()
  const line = (here: End, there: End, on?: typeof onInner): Line => ({
    port: { read: here.take, write: there.put, close() {} },
    ringing() {},
    answered: () => on?.answered(),
    ended: (end) => {
      on?.ended(end)
      there.hungUp()
    },
    sendDigits: (digits) => {
      for (const digit of digits.replaceAll('w', '')) there.pressed(digit)
    },
    onDigit: (listener) => {
      here.pressed = listener
    },
    onHangUp: (listener) => {
      here.hungUp = listener
    },
  })
  return [line(outer, inner), line(inner, outer, onInner)]
}

interface End {
  take: MediaPort['read']
  put: MediaPort['write']
  pressed: (digit: string) => void
  hungUp: () => void
}

function makeEnd(): End {
  let said: Frame | null = null
  return {
    take: () => {
      const frame = said
      said = null
      return frame
    },
    put: (frame) => {
      said = frame
    },
    pressed() {},
    hungUp() {},
  }
}
