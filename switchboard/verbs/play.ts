import { readWav } from '../media/wav.ts'
import { note, resolveAddress, type Stage, type Step } from '../programs/stage.ts'
import { numberOf, textOf } from '../twiml/attribute-access.ts'
import { type Element, TwimlError } from '../twiml/parse.ts'
import { repeat } from './say.ts'

/** Plays a WAV file, or sends keys. Sound that cannot be had fails the document. */
export async function play(stage: Stage, element: Element): Promise<Step> {
  const { room, leg } = stage
  room.legs.answer(leg)
  const digits = textOf(element, 'digits')
  if (digits) {
    note(stage, `Play keys ${digits}`)
    leg.line?.sendDigits(digits)
    await room.clock.wait(digitsMs(digits), stage.signal)
  }
  if (element.text === '') return undefined
  const url = resolveAddress(stage, element.text)
  const sound = element.sound ?? (await fetchSound(stage, url))
  if (stage.signal.aborted || !sound) return undefined
  const samples = decode(sound, url)
  const loop = numberOf(element, 'loop') ?? 1
  note(stage, `Play ${url} (${(samples.length / 8000).toFixed(1)} s${loop === 1 ? '' : `, ${loop === 0 ? 'for ever' : `${loop} times`}`})`)
  await repeat(stage, samples, loop)
  return undefined
}

/** Undefined where the leg went on meanwhile. */
async function fetchSound({ room, leg, signal }: Stage, url: string): Promise<Buffer | undefined> {
  const answer = await room.webhooks.ask({ url, method: 'GET', fields: {} }, { event: 'media', callSid: leg.call.sid })
  if (signal.aborted) return undefined
  if (!answer.ok) throw new TwimlError(answer.code, answer.message)
  return answer.body
}

function decode(body: Buffer, url: string): Int16Array {
  try {
    return readWav(body)
  } catch (error) {
    throw new TwimlError(12300, `${url} cannot be played: ${error instanceof Error ? error.message : error} Only WAV is played here.`)
  }
}

/** A key takes 180 ms, `w` half a second, `W` a whole one. */
export function digitsMs(digits: string): number {
  return [...digits].reduce((ms, key) => ms + (key === 'w' ? 500 : key === 'W' ? 1000 : 180), 0)
}
