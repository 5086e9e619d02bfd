/** Text to speech with espeak-ng where it is installed; otherwise a tone that stands for the text. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { makeTone } from './tone.ts'
import { readWav } from './wav.ts'

export interface Speech {
  samples: Int16Array
  /** False where a tone stands for the words. */
  spoken: boolean
  /** One line for the call's log: what was said by whom, or which tone stands for what. */
  description: string
}

/** Twilio's language (BCP 47) as espeak-ng calls it, the best guess first. */
export const espeakVoices = (language: string, voice?: string): string[] => {
  // Google's and Amazon's voices carry their language in their name: Google.pl-PL-Standard-A.
  const wanted = (/\b([a-z]{2,3}-[A-Z]{2})\b/.exec(voice ?? '')?.[1] ?? language).toLowerCase()
  const variant = voice === 'man' ? '+m3' : voice === 'woman' || voice === 'alice' ? '+f3' : ''
  const base = wanted.split('-')[0] as string
  const names = [wanted, base === 'zh' ? 'cmn' : base, 'en-us']
  return [...new Set(names)].map((name) => name + variant)
}

// The text goes through stdin and no shell is involved: nothing in it can become a command.
const runEspeak = (text: string, voice: string): Promise<Uint8Array | undefined> =>
  new Promise((resolve) => {
    const program = spawn('espeak-ng', ['--stdin', '--stdout', '-s', '155', '-v', voice], { stdio: ['pipe', 'pipe', 'ignore'] })
    const parts: Buffer[] = []
    program.stdout.on('data', (part: Buffer) => parts.push(part))
    program.on('error', () => resolve(undefined))
    program.on('close', (code) => resolve(code === 0 && parts.length > 0 ? Buffer.concat(parts) : undefined))
    program.stdin.on('error', () => {})
    program.stdin.end(text)
  })

/** The tone that stands for a text: 400 to 1580 Hz, always the same for the same text. */
export const toneFor = (text: string): number => 400 + (createHash('sha256').update(text).digest().readUInt16BE(0) % 60) * 20

const standIn = (text: string): Speech => {
  const hz = toneFor(text)
  return {
    samples: makeTone(hz, Math.min(8000, Math.max(600, text.length * 60))),
    spoken: false,
    description: `no speech program is installed: a tone of ${hz} Hz stands for “${text}”`,
  }
}

/** Speaks a text. Never fails: without a speech program it answers with a tone. */
export const speak = async (text: string, language = 'en-US', voice?: string): Promise<Speech> => {
  for (const name of espeakVoices(language, voice)) {
    const wav = await runEspeak(text, name)
    if (wav) return { samples: readWav(wav), spoken: true, description: `espeak-ng (${name}) says “${text}”` }
  }
  return standIn(text)
}
