/** Plays a caller's script, step after step, until its end or the call's. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Caller } from './caller.ts'
import type { Step } from './orders.ts'
import { makeVoice } from './voice.ts'

/** Calls once after so many ms on the exchange's clock, which tests can move; returns the way to call it off. */
export type After = (ms: number, act: () => void) => () => void

const KEY_MS = 180
const PAUSE_MS = 500
/** How far off a tone may be to count as heard. */
const TONE_TOLERANCE_HZ = 12
const LISTEN_MS = 100

/** Presses keys at a person's quickest pace; `w` is half a second. */
export const pressKeys = async (caller: Caller, digits: string): Promise<void> => {
  for (const digit of digits) {
    if (digit !== 'w') caller.press(digit)
    await wait(digit === 'w' ? PAUSE_MS : KEY_MS, undefined, { signal: caller.over })
  }
}

const pass = (caller: Caller, after: After, seconds: number): Promise<void> =>
  new Promise((resolve, reject) => {
    caller.over.throwIfAborted()
    const callOff = after(seconds * 1000, resolve)
    caller.over.addEventListener('abort', () => {
      callOff()
      reject(new Error('the call ended'))
    })
  })

const waitForTone = async (caller: Caller, hz: number, seconds: number): Promise<boolean> => {
  for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
    const heard = caller.ear.now(LISTEN_MS)
    if (heard.hz !== null && Math.abs(heard.hz - hz) <= TONE_TOLERANCE_HZ) return true
    await wait(LISTEN_MS / 2, undefined, { signal: caller.over })
  }
  return false
}

const play = async (caller: Caller, step: Step, after: After): Promise<void> => {
  if (step.do === 'wait-answered') await caller.answered
  else if (step.do === 'wait') await pass(caller, after, step.seconds)
  else if (step.do === 'press') await pressKeys(caller, step.digits)
  else if (step.do === 'say') caller.say(await makeVoice(step.say), step.loop ?? false)
  else if (step.do === 'wait-tone') {
    if (!(await waitForTone(caller, step.hz, step.seconds ?? 20))) throw new Error(`no tone of ${step.hz} Hz was heard`)
  } else {
    await pass(caller, after, step.afterSeconds ?? 0)
    caller.hangUp()
  }
}

/** Never rejects. A step that fails ends the call and is reported; a call that ends first is no failure. */
export const playScript = async (caller: Caller, script: Step[], after: After, report: (text: string) => void): Promise<void> => {
  try {
    for (const step of script) await play(caller, step, after)
  } catch (error) {
    if (caller.over.aborted) return
    report(`the caller's script stopped: ${error instanceof Error ? error.message : error}`)
    caller.hangUp()
  }
}
