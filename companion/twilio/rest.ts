import twilio from 'twilio'
import { RingsideError } from '../../utils/protocol/index.ts'
import type { NumberWiring, Provider, ProviderCall, ProviderNumber, RecordingAudio } from './provider.ts'
import type { TwilioSettings } from './settings.ts'

/** Long enough for Twilio on a bad day, short enough that a caller who waits for a redirect does not notice two of them. */
const TIMEOUT_MS = 5000
const AT_TWILIO = 'https://api.twilio.com'
const TWILIO_HOSTS = /^https:\/\/(api|pricing|numbers)\.twilio\.com/
/** Errors that say that the thing is over or gone (twilio.com/docs/api/errors/<code>): 20404 not found, 21220 invalid call state, as it is over. */
const OVER = [20404, 21220]

/** Twilio's REST API behind `Provider`. 429 (code 20429: not processed) is tried again, at most four times within about 6 s. */
export function createRestProvider(settings: TwilioSettings): Provider {
  const client = createClient(settings)
  return {
    redirectCall: (sid, twiml) => unlessOver(() => client.calls(sid).update({ twiml })),
    endCall: async (sid) => {
      await unlessOver(() => client.calls(sid).update({ status: 'completed' }))
    },
    fetchCall: (sid) => orUndefined(async () => toCall(await client.calls(sid).fetch())),
    listCalls: (to, startTimeAfter) =>
      asked(async () => {
        const calls = await client.calls.list({ to, startTimeAfter, limit: 1000 })
        return calls.filter((call) => call.direction === 'inbound').map(toCall)
      }),
    listConferenceParticipants: (name) =>
      asked(async () => {
        const [conference] = await client.conferences.list({ friendlyName: name, status: 'in-progress', limit: 1 })
        if (!conference) return []
        const participants = await client.conferences(conference.sid).participants.list({ limit: 20 })
        return participants.map((participant) => participant.callSid)
      }),
    listRecordings: (callSid) =>
      asked(async () => {
        const recordings = await client.recordings.list({ callSid, limit: 20 })
        return recordings.map((each) => ({
          sid: each.sid,
          callSid: each.callSid,
          seconds: Number(each.duration) || 0,
          completed: each.status === 'completed',
          createdAt: each.dateCreated,
        }))
      }),
    fetchRecording: (sid, range) => asked(() => fetchAudio(settings, sid, range)),
    searchNumbers: ({ country, areaCode, contains, limit = 20 }) =>
      asked(async () => {
        const found = await client.availablePhoneNumbers(country).local.list({ areaCode, contains, voiceEnabled: true, limit })
        return found.map((number) => number.phoneNumber)
      }),
    buyNumber: (phoneNumber, wiring) =>
      asked(async () => toNumber(await client.incomingPhoneNumbers.create({ phoneNumber, ...wired(wiring) }))),
    updateNumber: (sid, wiring) => asked(async () => toNumber(await client.incomingPhoneNumbers(sid).update(wired(wiring)))),
    wireApplication: (sid, voiceUrl) =>
      asked(async () => {
        const application = await client.applications(sid).fetch()
        if (application.voiceUrl === voiceUrl) return false
        await client.applications(sid).update({ voiceUrl, voiceMethod: 'POST' })
        return true
      }),
    listNumbers: () => asked(async () => (await client.incomingPhoneNumbers.list({ limit: 1000 })).map(toNumber)),
  }
}

/** The package's client for this account. Only this file and number-market.ts ask it anything. */
export function createClient({ accountSid, apiKeySid, apiKeySecret, apiUrl }: TwilioSettings) {
  return twilio(apiKeySid, apiKeySecret, { accountSid, httpClient: createAddressedClient(apiUrl) })
}

/** Sends what is meant for any of Twilio's hosts (api., pricing., numbers.) to the configured address, where that is not Twilio's own. */
function createAddressedClient(apiUrl: string) {
  const client = new twilio.RequestClient({ timeout: TIMEOUT_MS, autoRetry: true, maxRetries: 4, maxRetryDelay: 3000 })
  const send = client.request.bind(client)
  if (apiUrl !== AT_TWILIO) client.request = (options) => send({ ...options, uri: options.uri.replace(TWILIO_HOSTS, apiUrl) })
  return client
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof RingsideError) throw cause
    throw new RingsideError('voice_provider_failed', { provider: codeOf(cause) }, { cause })
  }
}

async function unlessOver(act: () => Promise<unknown>): Promise<boolean> {
  const done = await orUndefined(async () => {
    await act()
    return true
  })
  return done ?? false
}

function orUndefined<T>(ask: () => Promise<T>): Promise<T | undefined> {
  return asked(async () => {
    try {
      return await ask()
    } catch (error) {
      if (OVER.includes(Number(codeOf(error)))) return undefined
      throw error
    }
  })
}

/** Twilio's error code, or Node's, or `unknown`. Never the message: it may hold numbers. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'
}

type Leg = Pick<ProviderCall, 'sid' | 'status' | 'direction' | 'from' | 'to'> & { startTime: Date | null; endTime: Date | null }

const toCall = ({ sid, status, direction, from, to, startTime, endTime }: Leg): ProviderCall => ({
  sid,
  status,
  direction,
  from,
  to,
  startedAt: startTime,
  endedAt: endTime,
})

export const toNumber = (row: { sid: string; phoneNumber: string } & NumberWiring): ProviderNumber => ({
  sid: row.sid,
  e164: row.phoneNumber,
  voiceUrl: row.voiceUrl,
  voiceFallbackUrl: row.voiceFallbackUrl,
  statusCallback: row.statusCallback,
})

export const wired = (wiring: NumberWiring) => ({
  ...wiring,
  voiceMethod: 'POST',
  voiceFallbackMethod: 'GET',
  statusCallbackMethod: 'POST',
})

/** Until the first byte. The rest comes as fast as the listener's line is, which may be slow. */
const FIRST_BYTE_MS = 10_000

/** The package has no call for audio: the bytes are at the recording's own address with `.wav` behind it. */
async function fetchAudio(
  { accountSid, apiKeySid, apiKeySecret, apiUrl }: TwilioSettings,
  sid: string,
  range?: string,
): Promise<RecordingAudio> {
  const authorization = `Basic ${Buffer.from(`${apiKeySid}:${apiKeySecret}`).toString('base64')}`
  const address = `${apiUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${sid}.wav`
  const patience = new AbortController()
  const over = setTimeout(() => patience.abort(), FIRST_BYTE_MS)
  const reply = await fetch(address, { headers: { authorization, ...(range && { range }) }, signal: patience.signal }).finally(() =>
    clearTimeout(over),
  )
  if (!reply.ok || !reply.body) throw new RingsideError('voice_provider_failed', { provider: String(reply.status) })
  const header = (name: string) => reply.headers.get(name) ?? undefined
  return {
    status: reply.status,
    headers: {
      'content-type': header('content-type') ?? 'audio/x-wav',
      'content-length': header('content-length'),
      'content-range': header('content-range'),
      'accept-ranges': header('accept-ranges'),
    },
    body: reply.body,
  }
}
