import { speak } from '../media/speech.ts'
import { note, type Stage, type Step } from '../programs/stage.ts'
import { playInto } from '../sound/source.ts'
import { numberOf, textOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'

/** A clock that is moved waits so long, in real time, for the speech program. */
const SPEECH_MS = 15_000

/** Speaks; `loop` 0 is for ever. */
export async function say(stage: Stage, element: Element): Promise<Step> {
  stage.room.legs.answer(stage.leg)
  const speech = await stage.room.clock.hold(speak(element.text, textOf(element, 'language'), textOf(element, 'voice')), SPEECH_MS)
  note(stage, `Say: ${speech.description}`)
  await repeat(stage, speech.samples, numberOf(element, 'loop') ?? 1)
  return undefined
}

/** Plays samples so many times, 0 being for ever. */
export async function repeat(stage: Stage, samples: Int16Array, times: number): Promise<void> {
  if (times === 0) return playInto(stage.mouth, samples, stage.signal, true)
  for (let left = times; left > 0 && !stage.signal.aborted; left -= 1) await playInto(stage.mouth, samples, stage.signal)
}
