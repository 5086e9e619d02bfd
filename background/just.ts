/** Small words of the step's language. */
import type { Failure, Notice } from '../utils/messages.ts'
import type { Effect, Step } from './inputs.ts'
import type { State } from './state.ts'

export const just = (state: State, ...effects: Effect[]): Step => ({ state, effects })

/** Runs one decision after another on the same state and collects the effects. */
export function chain(start: State, ...decisions: ((state: State) => Step)[]): Step {
  return decisions.reduce<Step>(
    (before, decide) => {
      const after = decide(before.state)
      return { state: after.state, effects: [...before.effects, ...after.effects] }
    },
    { state: start, effects: [] },
  )
}

type HangUp = State['hangUps'][number]

/** Tells the companion of this hang-up, and remembers it until it is heard. */
export const sayHangUp = (state: State, callId: string, epoch: number): Step =>
  just({ ...state, hangUps: [...without(state.hangUps, callId), { callId, epoch, retryAt: null }] }, { type: 'hang-up', callId, epoch })

/** Tells it once more, of those that it has not heard yet. */
export const repeatHangUps = (state: State, which: (hangUp: HangUp) => boolean = () => true): Step =>
  chain(
    state,
    ...state.hangUps.filter(which).map(
      ({ callId, epoch }) =>
        (so: State) =>
          sayHangUp(so, callId, epoch),
    ),
  )

/** Without those of this call, up to this epoch: a later claim's is another matter. */
export const without = (hangUps: readonly HangUp[], callId: string, upTo = Number.POSITIVE_INFINITY): HangUp[] =>
  hangUps.filter((one) => one.callId !== callId || one.epoch > upTo)

/** The wire's form of an instant. */
export const iso = (ms: number) => new Date(ms).toISOString()

/** An id that is the same for the same happening, so that a view tells a new notice from a repeated snapshot. */
export const failureNotice = (failure: Failure, now: number): Notice => ({ id: `failure-${now}`, kind: 'failure', failure, at: iso(now) })

/** Notices of one call replace each other: a failed claim, then the name of who was faster. */
export const noticeId = (callId: string) => `call-${callId}`

/** Milliseconds before try number `tries` + 1: doubled from `first` up to `most`, spread over its upper half by `jitter` (0 to 1). */
export const backoff = (tries: number, jitter: number, first: number, most: number) =>
  Math.round(Math.min(most, first * 2 ** tries) * (0.5 + jitter / 2))
