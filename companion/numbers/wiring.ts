import type { Greeting, Greetings, Wiring } from '../../utils/protocol/index.ts'
import { paths, withPatience } from '../calls/addresses.ts'
import { closedDocument, fallbackDocument, hangUpDocument } from '../calls/documents.ts'
import type { NumberWiring } from '../twilio/provider.ts'
import type { TwilioSettings } from '../twilio/settings.ts'

/** A number that no channel has: nothing of ours is at the other end. */
export const unwired: NumberWiring = { voiceUrl: '', voiceFallbackUrl: '', statusCallback: '' }

/**
 * Twilio takes addresses of so many characters: said of a message’s status callback (twilio.com/docs/api/errors/21609) and of the echo Twimlet; for a
 * number’s own addresses it says nothing.
 */
const LONGEST_URL = 4000

/**
 * What a number of ours tells Twilio to do: ask us, tell us of the end, and where we are not heard of within seconds (P7) play what the fallback
 * carries in its own address: the voicemail for working hours, or of a disabled channel that it is closed.
 */
export function wiringOf(
  { publicUrl, fallbackVoiceUrl }: Pick<TwilioSettings, 'publicUrl' | 'fallbackVoiceUrl'>,
  { enabled, greetings }: { enabled: boolean; greetings: Greetings },
): NumberWiring {
  const echo = (document: string) => `${fallbackVoiceUrl}?Twiml=${encodeURIComponent(document)}`
  const fallback = (greeting: Greeting) =>
    echo(enabled ? fallbackDocument(publicUrl, greeting, echo(hangUpDocument())) : closedDocument(greeting))
  return {
    voiceUrl: withPatience(publicUrl + paths.inbound),
    voiceFallbackUrl: fallbackVoiceUrl === null ? '' : fitting(fallback, spoken(enabled ? greetings.inHours : greetings.closed)),
    statusCallback: publicUrl + paths.callStatus,
  }
}

/** Where a number differs from what it should be. */
export function wiringDifferences(is: NumberWiring, wanted: NumberWiring): Wiring['differences'] {
  const settings = { voice: 'voiceUrl', fallback: 'voiceFallbackUrl', status: 'statusCallback' } as const
  const names = Object.keys(settings) as (keyof typeof settings)[]
  return names.filter((name) => is[settings[name]] !== wanted[settings[name]]).map((name) => ({ setting: name, is: is[settings[name]] }))
}

/** An upload is served by us, and we are down: its text is spoken instead, or a plain sentence. */
function spoken(greeting: Greeting): Greeting {
  const plain = greeting.language.startsWith('pl')
    ? 'Nie możemy teraz odebrać. Prosimy zostawić wiadomość po sygnale.'
    : 'We cannot take your call right now. Please leave a message after the tone.'
  return { ...greeting, uploadId: null, text: greeting.text.trim() || plain }
}

/** Whole words of the greeting, as many as the address has room for. */
function fitting(build: (greeting: Greeting) => string, greeting: Greeting): string {
  const words = greeting.text.split(/\s+/)
  let most = words.length
  let url = build(greeting)
  while (url.length > LONGEST_URL && most > 1) {
    most = Math.min(most - 1, Math.floor((most * LONGEST_URL) / url.length))
    url = build({ ...greeting, text: words.slice(0, Math.max(1, most)).join(' ') })
  }
  return url
}
