/** One scripted phone in a call: it speaks a voice, hears and keeps everything, and can be told to press keys or hang up. */
import type { Line, LineEnd } from '../exchange.ts'
import { createPlayer, type Player } from '../media/player.ts'
import { makeDigits } from '../media/tone.ts'
import { createEar, type Ear } from './ear.ts'

export type CallerState = 'dialling' | 'ringing' | 'answered' | 'ended'

export interface Caller {
  readonly id: string
  readonly from: string
  readonly to: string
  /** Whether it dialled, or was rung. */
  readonly direction: 'dialled' | 'rung'
  readonly line: Line
  readonly ear: Ear
  readonly state: CallerState
  readonly callSid: string | undefined
  /** Why it ended; `hung-up` is the caller's own doing. */
  readonly end: (Omit<LineEnd, 'status'> & { status: LineEnd['status'] | 'hung-up' }) | undefined
  /** Whole seconds since the answer, until the end. */
  readonly seconds: number
  /** Keys that the far end sent. */
  readonly digitsHeard: string
  say(samples: Int16Array, loop: boolean): void
  press(digit: string): void
  hangUp(): void
  /** Aborted at the end. */
  readonly over: AbortSignal
  /** Resolves at the answer, rejects at the end. */
  readonly answered: Promise<void>
  name(callSid: string): void
}

export interface CallerFacts {
  id: string
  from: string
  to: string
  direction: 'dialled' | 'rung'
}

export const createCaller = ({ id, from, to, direction }: CallerFacts): Caller => {
  const ear = createEar()
  const end = new AbortController()
  const answer = Promise.withResolvers<void>()
  answer.promise.catch(() => {})
  let state: CallerState = direction === 'dialled' ? 'dialling' : 'ringing'
  let callSid: string | undefined
  let why: Caller['end']
  let answeredAt = 0
  let endedAt = 0
  let digitsHeard = ''
  let voice: Player | undefined
  let digitListener = (_digit: string) => {}
  let hangUpListener = () => {}

  const finish = (reason: NonNullable<Caller['end']>) => {
    state = 'ended'
    why = reason
    endedAt = performance.now()
    ear.stop()
    end.abort()
    answer.reject(new Error('The call ended before it was answered.'))
  }
  const line: Line = {
    port: {
      read: () => (state === 'answered' ? (voice?.next() ?? null) : null),
      write: (frame) => {
        if (state !== 'ended') ear.write(frame)
      },
      close: () => {},
    },
    ringing: () => {
      if (state === 'dialling') state = 'ringing'
    },
    answered: (sid) => {
      callSid = sid
      if (state === 'answered' || state === 'ended') return
      state = 'answered'
      answeredAt = performance.now()
      ear.start()
      answer.resolve()
    },
    ended: (reason) => {
      if (state !== 'ended') finish(reason)
    },
    sendDigits: (digits) => {
      digitsHeard += digits
      ear.write(makeDigits(digits))
    },
    onDigit: (listener) => {
      digitListener = listener
    },
    onHangUp: (listener) => {
      hangUpListener = listener
    },
  }

  return {
    id,
    from,
    to,
    direction,
    line,
    ear,
    over: end.signal,
    answered: answer.promise,
    get state() {
      return state
    },
    get callSid() {
      return callSid
    },
    get end() {
      return why
    },
    get seconds() {
      if (answeredAt === 0) return 0
      return Math.floor(((state === 'ended' ? endedAt : performance.now()) - answeredAt) / 1000)
    },
    get digitsHeard() {
      return digitsHeard
    },
    say: (samples, loop) => {
      voice = createPlayer(samples, loop)
    },
    press: (digit) => {
      if (state !== 'ended') digitListener(digit)
    },
    hangUp: () => {
      if (state === 'ended') return
      finish({ status: 'hung-up' })
      hangUpListener()
    },
    name: (sid) => {
      callSid = sid
    },
  }
}
