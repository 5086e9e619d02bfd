import type { Greeting } from '../../utils/protocol/index.ts'
import { paths, withPatience } from '../calls/addresses.ts'
import { fallbackDocument, hangUpDocument } from '../calls/documents.ts'
import type { NumberWiring } from '../twilio/provider.ts'
import type { TwilioSettings } from '../twilio/settings.ts'

/**
 * What a number of ours tells Twilio to do: ask us, tell us of the end, and where we are not heard of within seconds (P7) play the voicemail for
 * working hours, which the fallback carries in its own address.
 */
export function wiringOf(
  { publicUrl, fallbackVoiceUrl }: Pick<TwilioSettings, 'publicUrl' | 'fallbackVoiceUrl'>,
  greeting: Greeting,
): NumberWiring {
  const echo = (document: string) => `${fallbackVoiceUrl}?Twiml=${encodeURIComponent(document)}`
  return {
    voiceUrl: withPatience(publicUrl + paths.inbound),
    voiceFallbackUrl: fallbackVoiceUrl === null ? '' : echo(fallbackDocument(publicUrl, greeting, echo(hangUpDocument()))),
    statusCallback: publicUrl + paths.callStatus,
  }
}
