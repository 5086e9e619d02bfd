/** Reads and checks a Twilio access token: a JWT (HS256) signed with an API key's secret, with a voice grant. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Grants {
  accountSid: string
  identity: string
  /** Whether the client may register for incoming calls. */
  incoming: boolean
  /** The TwiML application that is asked about outgoing calls; none forbids them. */
  applicationSid: string | undefined
  /** Seconds since 1970. */
  expires: number
}

/** A refusal in Twilio's words, as the SDK expects it in an `error` message. */
export interface Refusal {
  code: number
  message: string
}

const INVALID: Refusal = { code: 20101, message: 'Invalid Access Token' }
const EXPIRED: Refusal = { code: 20104, message: 'Access Token expired or expiration date invalid' }

type Json = Record<string, unknown>

const asObject = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const decode = (part: string | undefined): Json => {
  try {
    return asObject(JSON.parse(Buffer.from(part ?? '', 'base64url').toString()))
  } catch {
    return {}
  }
}

const isSigned = (signed: string, signature: string, secret: string): boolean => {
  const expected = createHmac('sha256', secret).update(signed).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** `secretOf` finds an API key's secret; `now` is in seconds since 1970. */
export const readAccessToken = (
  token: string,
  secretOf: (apiKeySid: string, accountSid: string) => string | undefined,
  now: number,
): { grants: Grants } | { refusal: Refusal } => {
  const [header, body, signature] = token.split('.')
  const claims = decode(body)
  const [apiKeySid, accountSid] = [asText(claims.iss), asText(claims.sub)]
  const grants = asObject(claims.grants)
  const identity = asText(grants.identity)
  if (decode(header).alg !== 'HS256' || !signature || !apiKeySid || !accountSid || !identity) return { refusal: INVALID }
  const secret = secretOf(apiKeySid, accountSid)
  if (secret === undefined || !isSigned(`${header}.${body}`, signature, secret)) return { refusal: INVALID }
  if (typeof claims.exp !== 'number' || claims.exp <= now) return { refusal: EXPIRED }
  if (typeof claims.nbf === 'number' && claims.nbf > now + 60) return { refusal: INVALID }
  const voice = asObject(grants.voice)
  return {
    grants: {
      accountSid,
      identity,
      incoming: asObject(voice.incoming).allow === true,
      applicationSid: asText(asObject(voice.outgoing).application_sid),
      expires: claims.exp,
    },
  }
}
