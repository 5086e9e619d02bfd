/** Twilio's signalling edge for the Voice SDK: all its sockets, its calls and its ringing. Facts: the SDK's pstream.ts, call.ts, device.ts. */
import type { WebSocket } from 'ws'
import type { Exchange, LineFinder } from '../exchange.ts'
import { fingerprintOf } from '../media/sdp.ts'
import type { Peer } from '../media/webrtc.ts'
import { type Payload, textOf } from './channel.ts'
import { type Device, openDevice } from './device.ts'
import { createLeg, type Leg } from './leg.ts'
import { type Ring, startRing } from './ring.ts'

export interface SignallingOptions {
  exchange: Exchange
  makePeer(): Peer
  /** Once for each call: whether a fault takes its voice away. */
  refusesMedia(callSid: string, to: string): boolean
  /** How long a call outlives its socket; a killed browser sends no hang-up. */
  graceMs: number
  log(text: string, callSid?: string): void
}

export interface Signalling {
  /** Serves a socket that was opened on /signal. */
  accept(socket: WebSocket): void
  /** Rings `client:identity`. */
  ring: LineFinder['ring']
  /** Ends every call. */
  close(): void
}

/** How many ended calls are remembered, so that a browser that comes back late hears a plain hang-up. */
const MOST_REMEMBERED = 500
const NO_PORT = { code: 31000, message: 'The switchboard has no media port left.' }
const NO_SUCH_CALL = { code: 31481, message: 'There is no such call.' }

export const createSignalling = (options: SignallingOptions): Signalling => {
  const devices = new Set<Device>()
  /** Every sid under which a live call is known, the SDK's own TJS… sids too. */
  const legs = new Map<string, Leg>()
  const rings = new Map<string, Ring>()
  const over = new Set<string>()

  const remember = (callSid: string) => {
    over.add(callSid)
    if (over.size > MOST_REMEMBERED) over.delete([...over][0] as string)
  }
  const makePeer = (): Peer | undefined => {
    try {
      return options.makePeer()
    } catch (error) {
      options.log(`no media for a call: ${error instanceof Error ? error.message : error}`)
      return undefined
    }
  }
  const applyFaults = (peer: Peer, callSid: string, to: string) => {
    if (!options.refusesMedia(callSid, to)) return
    peer.refuseMedia()
    options.log('media is refused by a fault', callSid)
  }

  const call = (device: Device, temporarySid: string, offer: string, params: Record<string, string>) => {
    const { accountSid = '', identity = '', applicationSid = '' } = device.grants ?? {}
    let callSid: string | undefined
    const peer = makePeer()
    if (!peer) return device.channel.send('hangup', { callsid: temporarySid, error: NO_PORT })
    const leg = createLeg({
      peer,
      channel: device.channel,
      outgoing: { temporarySid, offer },
      farFingerprint: fingerprintOf(offer),
      report: (text) => options.log(text, callSid),
      onEnded: () => {
        legs.delete(temporarySid)
        if (!callSid) return
        legs.delete(callSid)
        remember(callSid)
      },
    })
    callSid = options.exchange.connect({ accountSid, identity, applicationSid, params }, leg.line)
    if (leg.ended) return
    legs.set(temporarySid, leg)
    legs.set(callSid, leg)
    applyFaults(peer, callSid, params.To ?? '')
    leg.name(callSid)
  }

  const reconnect = (device: Device, callSid: string, token: string, offer: string) => {
    const leg = legs.get(callSid)
    if (leg?.reconnectToken === token) return leg.resume(device.channel, offer)
    const ring = rings.get(callSid)
    if (ring)
      return void ring.take(token, device.channel, offer).catch((error) => options.log(`a call could not be taken: ${error}`, callSid))
    device.channel.send('hangup', { callsid: callSid, ...(over.has(callSid) ? {} : { error: NO_SUCH_CALL }) })
  }

  const onCallMessage = (device: Device, type: string, callSid: string | undefined, payload: Payload) => {
    if (!callSid) return
    const leg = legs.get(callSid)
    const ring = rings.get(callSid)
    // A leg answers to its own socket alone; whoever lost the race for a ringing call has no say in it.
    const own = leg?.usesChannel(device.channel) ? leg : undefined
    const sdp = textOf(payload, 'sdp') ?? ''
    if (type === 'answer') {
      ring?.answer(device.channel, sdp).catch((error) => {
        options.log(`the browser's answer was refused: ${error}`, callSid)
        legs.get(callSid)?.hangUp()
      })
    } else if (type === 'reject') ring?.drop(device.channel, 'busy')
    else if (type === 'hangup') {
      own?.hangUp()
      ring?.drop(device.channel, 'busy')
    } else if (type === 'reinvite') void own?.restart(sdp)
    else if (type === 'dtmf') own?.press(textOf(payload, 'dtmf') ?? '')
    else if (type === 'message') {
      device.channel.send('ack', { acktype: 'message', callsid: callSid, voiceeventsid: payload.voiceeventsid })
    }
  }

  const ring: Signalling['ring'] = (to, { callSid, accountSid, from, custom }) => {
    const identity = to.replace(/^client:/, '')
    const channels = [...devices]
      .filter(({ registered, grants }) => registered && grants?.identity === identity && grants.accountSid === accountSid)
      .map(({ channel }) => channel)
    if (channels.length === 0) return undefined
    const ringing = startRing({
      parameters: { callSid, accountSid, from, to, custom },
      channels,
      makePeer,
      report: (text) => options.log(text, callSid),
      onDecided: () => {
        rings.delete(callSid)
      },
      connect: (peer, channel, reconnectToken, far) => {
        const leg = createLeg({
          peer,
          channel,
          callSid,
          reconnectToken,
          farFingerprint: fingerprintOf(far),
          report: (text) => options.log(text, callSid),
          onEnded: () => {
            legs.delete(callSid)
            remember(callSid)
          },
        })
        legs.set(callSid, leg)
        applyFaults(peer, callSid, to)
        return leg.line
      },
    })
    rings.set(callSid, ringing)
    return ringing
  }

  return {
    ring,
    close: () => {
      for (const ringing of [...rings.values()]) ringing.cancel()
      for (const leg of new Set(legs.values())) leg.hangUp()
    },
    accept: (socket) => {
      devices.add(
        openDevice(socket, {
          secretOf: (apiKeySid, accountSid) => options.exchange.apiKeySecret(apiKeySid, accountSid),
          onCall: call,
          onReconnect: reconnect,
          onCallMessage,
          report: (text) => options.log(text),
          onClosed: (device) => {
            devices.delete(device)
            for (const ringing of [...rings.values()]) ringing.drop(device.channel, 'no-answer')
            for (const leg of new Set(legs.values())) leg.lose(device.channel, options.graceMs)
          },
        }),
      )
    },
  }
}
