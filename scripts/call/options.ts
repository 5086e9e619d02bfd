import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { contactByNumber, contacts } from '../../tests/demo-crm/seed.ts'

export interface CallOptions {
  /** E.164; none where the running world has to say it. */
  to?: string
  /** E.164, or `anonymous`. */
  from: string
  /** The demo CRM's name for `from`, where it has one. */
  name?: string
  /** What the switchboard is told to say. */
  say: object
  /** Hangs up after so many seconds. */
  seconds: number
}

export const usage = `npm run call -- [--to +1…] [--from +48… | anonymous] [--voice file.wav] [--seconds 60]
  --to       the number to dial; the channel of “npm start” where not given
  --from     who calls; a contact of the demo CRM where not given
  --voice    a WAV file that the caller speaks, over and over; where not given, a sentence (a tone without espeak-ng)
  --seconds  hangs up after so long`

/** Reads the command line. Throws an Error in words. */
export function readOptions(args: string[]): CallOptions {
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string' }, from: { type: 'string' }, voice: { type: 'string' }, seconds: { type: 'string' } },
  })
  const from = values.from ?? contacts[0]?.phone ?? 'anonymous'
  const contact = contactByNumber(from)
  const name = contact && `${contact.firstName} ${contact.lastName}`
  const seconds = Number(values.seconds ?? 60)
  if (!(seconds > 0 && seconds <= 3600)) throw new Error('--seconds is a number from 1 to 3600.')
  return { to: values.to, from, name, say: values.voice ? readVoice(values.voice) : greeting(name), seconds }
}

function readVoice(file: string): object {
  try {
    return { wavBase64: readFileSync(file).toString('base64') }
  } catch {
    throw new Error(`The voice file ${file} cannot be read.`)
  }
}

const greeting = (name: string | undefined) => ({
  text: `Hello, this is ${name ?? 'a caller'}. I am calling about my last order. Could you help me, please? I am listening.`,
  language: 'en-US',
})
