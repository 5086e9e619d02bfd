/** Makes the sound that an order describes. */
import { readFile } from 'node:fs/promises'
import { speak } from '../media/speech.ts'
import { makeTone } from '../media/tone.ts'
import { readWav } from '../media/wav.ts'
import type { Say } from './orders.ts'
import { RequestError } from './route.ts'

const readSound = (bytes: Uint8Array): Int16Array => {
  try {
    return readWav(bytes)
  } catch (error) {
    throw new RequestError(400, error instanceof Error ? error.message : String(error))
  }
}

const readSoundFile = async (file: string): Promise<Int16Array> => {
  const bytes = await readFile(file).catch(() => {
    throw new RequestError(400, `The voice file ${file} cannot be read.`)
  })
  return readSound(bytes)
}

/** A tone is one second long, to be looped. Nothing to say is silence. */
export const makeVoice = async (say: Say | undefined): Promise<Int16Array> => {
  if (!say) return new Int16Array(0)
  if ('toneHz' in say) return makeTone(Math.round(say.toneHz), 1000, say.dbfs)
  if ('wavBase64' in say) return readSound(Buffer.from(say.wavBase64, 'base64'))
  if ('file' in say) return readSoundFile(say.file)
  return (await speak(say.text, say.language, say.voice)).samples
}
