/** One connected Voice SDK: who it is, whether it may be rung, and what each of its messages asks for. */
import type { WebSocket } from 'ws'
import { type Grants, type Refusal, readAccessToken } from './access-token.ts'
import { type Channel, openChannel, type Payload, textOf } from './channel.ts'

export interface Device {
  readonly channel: Channel
  /** Undefined until a token was accepted, and again after it expired. */
  readonly grants: Grants | undefined
  /** Registered for incoming calls. */
  readonly registered: boolean
}

export interface DeviceOptions {
  secretOf(apiKeySid: string, accountSid: string): string | undefined
  /** A new call. `params` is what the app gave to `device.connect`. */
  onCall(device: Device, temporarySid: string, offer: string, params: Record<string, string>): void
  /** The SDK lost a socket and is back, or another page takes a ringing call. */
  onReconnect(device: Device, callSid: string, token: string, offer: string): void
  /** answer, reject, hangup, reinvite, dtmf and message, all about one call. */
  onCallMessage(device: Device, type: string, callSid: string | undefined, payload: Payload): void
  onClosed(device: Device): void
  report(text: string): void
}

// Codes as in the SDK's error catalogue; Twilio refuses a use that the token does not grant like a token that is wrong.
const NOT_LISTENING: Refusal = { code: 31204, message: 'No valid access token was given on this connection' }
const NOT_GRANTED = (what: string): Refusal => ({ code: 31201, message: `This access token does not allow ${what}` })

// Node's timers hold 31 bits of milliseconds.
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Serves one socket until it closes. */
export const openDevice = (socket: WebSocket, options: DeviceOptions): Device => {
  let grants: Grants | undefined
  let registered = false
  let expiry: NodeJS.Timeout | undefined

  const refuse = ({ code, message }: Refusal, callsid?: string) => {
    options.report(`refused ${grants?.identity ?? 'a client'}: ${code} ${message}`)
    channel.send('error', { error: { code, message }, ...(callsid ? { callsid } : {}) })
  }
  const expire = () => {
    grants = undefined
    registered = false
    refuse({ code: 20104, message: 'Access Token expired or expiration date invalid' })
    channel.send('offline', {})
  }
  const listen = (token: string) => {
    const now = Date.now() / 1000
    const result = readAccessToken(token, options.secretOf, now)
    clearTimeout(expiry)
    if ('refusal' in result) {
      grants = undefined
      registered = false
      return refuse(result.refusal)
    }
    grants = result.grants
    const ttl = grants.expires - now
    expiry = setTimeout(expire, Math.min(ttl * 1000, LONGEST_TIMER_MS))
    channel.send('connected', { region: 'gll', edge: 'roaming', home: 'us1', token: { identity: grants.identity, ttl: Math.floor(ttl) } })
  }
  const register = (payload: Payload) => {
    const media = payload.media as { audio?: unknown } | undefined
    if (!media?.audio) {
      registered = false
      return channel.send('offline', {})
    }
    if (!grants) return refuse(NOT_LISTENING)
    if (!grants.incoming) return refuse(NOT_GRANTED('incoming calls'))
    registered = true
    channel.send('ready', {})
  }
  const invite = (payload: Payload) => {
    const [callSid, offer, token] = [textOf(payload, 'callsid'), textOf(payload, 'sdp'), textOf(payload, 'reconnect')]
    if (!callSid || !offer) return
    const deny = ({ code, message }: Refusal) => channel.send('hangup', { callsid: callSid, error: { code, message } })
    if (!grants) return deny(NOT_LISTENING)
    if (token) return options.onReconnect(device, callSid, token, offer)
    if (!grants.applicationSid) return deny(NOT_GRANTED('outgoing calls'))
    const { params } = (payload.twilio ?? {}) as { params?: unknown }
    options.onCall(device, callSid, offer, Object.fromEntries(new URLSearchParams(typeof params === 'string' ? params : '')))
  }
  const channel = openChannel(socket, {
    message: (type, payload) => {
      if (type === 'listen') listen(textOf(payload, 'token') ?? '')
      else if (type === 'register') register(payload)
      else if (type === 'invite') invite(payload)
      else options.onCallMessage(device, type, textOf(payload, 'callsid'), payload)
    },
    closed: () => {
      clearTimeout(expiry)
      registered = false
      options.onClosed(device)
    },
  })
  const device: Device = {
    channel,
    get grants() {
      return grants
    },
    get registered() {
      return registered
    },
  }
  return device
}
