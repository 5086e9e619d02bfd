/**
 * The desk: takes inputs one by one, lets `step` decide, and then, in this order: saves, acts, shows. Saving comes first so that a worker stopped in
 * the middle of an act comes back knowing that it was begun; acting before showing, since badge and notification keep the browser busy while a call connects. Nothing waits for the disk: storage.session is the browser's own memory, and what was
 * sent to it is there before what was sent after it.
 */
import { browser } from '../utils/browser.ts'
import type { Effect, Input } from './inputs.ts'
import { blank, type State } from './state.ts'
import { step } from './step.ts'

export interface Desk {
  dispatch(input: Input): void
  state(): State
  /** Resolves once the desk knows what it knew before the worker stopped. */
  ready: Promise<void>
}

export interface DeskParts {
  now(): number
  save(state: State): Promise<void>
  /** After each change: views, ringer, alerts, timers follow the state. */
  show(state: State): void
  act(effect: Effect): void
  /** What was decided, for the report. */
  note(input: Input, before: State, after: State): void
}

/** Inputs other than `woken` wait until `woken` was taken in. */
export function createDesk({ now, save, show, act, note }: DeskParts): Desk {
  let state = blank
  let awake = false
  const early: Input[] = []
  let markReady = () => {}
  const ready = new Promise<void>((resolve) => {
    markReady = resolve
  })

  function take(input: Input): void {
    const before = state
    const { state: after, effects } = step(before, input, now())
    state = after
    note(input, before, after)
    // A browser that refuses must not keep the agent from answering.
    if (after !== before) save(after).catch(() => undefined)
    effects.forEach(act)
    // What an act brought with it at once is shown already.
    if (after !== before && state === after) show(after)
  }

  return {
    ready,
    state: () => state,
    dispatch(input) {
      if (input.type === 'woken') {
        awake = true
        take(input)
        markReady()
        for (const waiting of early.splice(0)) take(waiting)
      } else if (awake) take(input)
      else early.push(input)
    },
  }
}

/** storage.session: in memory, closed to content scripts, emptied with the browser. The browser takes writes in their order. */
export const saveState = (state: State): Promise<void> => browser.storage.session.set({ desk: state })

export async function keptState(): Promise<State | null> {
  const { desk } = await browser.storage.session.get('desk')
  return (desk as State | undefined) ?? null
}
