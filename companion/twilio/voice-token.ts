import type { RouteReply } from '../../utils/protocol/index.ts'
import { toIdentity } from './identity.ts'
import { AccessToken, VoiceGrant } from './package.ts'
import type { TwilioSettings } from './settings.ts'

/** The longest that a browser may hold a token, in seconds (DESIGN 7: at most an hour). */
const TOKEN_SECONDS = 3600

/**
 * What a browser needs to be this user's phone: place legs through our TwiML App. Nobody dials it, but the SDK registers
 * only with a token that allows incoming calls.
 */
export function makeVoiceToken(settings: TwilioSettings, userId: string, now: Date): RouteReply<'takeVoiceToken'> {
  const { accountSid, apiKeySid, apiKeySecret, twimlAppSid, voiceEdge } = settings
  const token = new AccessToken(accountSid, apiKeySid, apiKeySecret, { identity: toIdentity(userId), ttl: TOKEN_SECONDS })
  token.addGrant(new VoiceGrant({ outgoingApplicationSid: twimlAppSid, incomingAllow: true }))
  const expiresAt = new Date(now.getTime() + TOKEN_SECONDS * 1000).toISOString()
  return { token: token.toJwt(), expiresAt, edge: voiceEdge }
}
