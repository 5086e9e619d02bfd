import { gotoAddress, note, type Stage, type Step } from '../programs/stage.ts'
import { flagOf, methodOf, numberOf, textOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'
import { pause } from './plain.ts'
import { play } from './play.ts'
import { say } from './say.ts'

const PROMPTS = { Say: say, Play: play, Pause: pause }

/** Collects keys while its prompts play; the first key silences them. Without a key the next verb runs, unless actionOnEmptyResult. */
export async function gather(stage: Stage, element: Element): Promise<Step> {
  const { room, leg, signal } = stage
  room.legs.answer(leg)
  note(stage, 'Gather keys')
  const most = numberOf(element, 'numDigits') ?? Number.POSITIVE_INFINITY
  const finishKey = textOf(element, 'finishOnKey') ?? '#'
  const timeoutMs = (numberOf(element, 'timeout') ?? 5) * 1000
  const prompts = new AbortController()
  const promptSignal = AbortSignal.any([prompts.signal, signal])
  let digits = ''

  const finishedBy = await new Promise<string | undefined>((resolve) => {
    let cancelTimer = () => {}
    const finish = (key?: string) => {
      cancelTimer()
      leg.digitListeners.delete(onDigit)
      signal.removeEventListener('abort', onAbort)
      prompts.abort()
      resolve(key)
    }
    const onAbort = () => finish()
    const onDigit = (digit: string) => {
      prompts.abort()
      cancelTimer()
      if (finishKey !== '' && digit === finishKey) return finish(digit)
      digits += digit
      if (digits.length >= most) return finish()
      cancelTimer = room.clock.after(timeoutMs, finish)
    }
    leg.digitListeners.add(onDigit)
    signal.addEventListener('abort', onAbort, { once: true })
    runPrompts({ ...stage, signal: promptSignal }, element.children).then(
      () => {
        if (!promptSignal.aborted) cancelTimer = room.clock.after(timeoutMs, finish)
      },
      (error: unknown) => {
        room.log.add({
          kind: 'error',
          callSid: leg.call.sid,
          text: `a prompt of Gather failed: ${error instanceof Error ? error.message : error}`,
        })
        if (!promptSignal.aborted) cancelTimer = room.clock.after(timeoutMs, finish)
      },
    )
  })

  if (signal.aborted) return undefined
  note(stage, digits ? `Gather got ${digits}` : 'Gather got nothing')
  if (digits === '' && !flagOf(element, 'actionOnEmptyResult')) return undefined
  const fields = { Digits: digits, ...(finishedBy ? { FinishedOnKey: finishedBy } : {}) }
  return gotoAddress(stage, textOf(element, 'action'), methodOf(element, 'method'), 'gather-action', fields)
}

async function runPrompts(stage: Stage, prompts: Element[]) {
  for (const prompt of prompts) {
    if (stage.signal.aborted) return
    await PROMPTS[prompt.name as keyof typeof PROMPTS](stage, prompt)
  }
}
