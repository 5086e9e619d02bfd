/** A call of the Voice SDK, connected or about to be: the exchange's Line on one side, signalling messages on the other. */
import { randomUUID } from 'node:crypto'
import type { Line, LineEnd } from '../exchange.ts'
import { fingerprintOf } from '../media/sdp.ts'
import type { Peer } from '../media/webrtc.ts'
import type { Channel } from './channel.ts'

export interface Leg {
  readonly line: Line
  /** What the SDK shows after it lost its socket, to be let back in. */
  readonly reconnectToken: string
  readonly ended: boolean
  /** The exchange's sid is known from now on; what had to wait for it is sent. */
  name(callSid: string): void
  /** The far end hung up, or vanished. */
  hangUp(): void
  press(digits: string): void
  usesChannel(channel: Channel): boolean
  /** The socket closed: without another one the leg ends when the grace is over. */
  lose(channel: Channel, graceMs: number): void
  /** The SDK is back, with the peer connection it had, on another socket. */
  resume(channel: Channel, offer: string): void
  /** ICE restart. */
  restart(offer: string): Promise<void>
}

export interface LegOptions {
  peer: Peer
  channel: Channel
  /** An outgoing call: the SDK's own TJS… sid, its offer, and what opens the call. An incoming one that was answered has none. */
  outgoing?: { temporarySid: string; offer: string }
  callSid?: string
  reconnectToken?: string
  /** The DTLS fingerprint of the far end's peer connection. */
  farFingerprint: string | undefined
  onEnded(): void
  report(text: string): void
}

/** Creates the leg; an outgoing one starts on its answer at once, so that it is ready when the exchange says `answered`. */
export const createLeg = (options: LegOptions): Leg => {
  const { peer, outgoing } = options
  const reconnectToken = options.reconnectToken ?? randomUUID()
  let channel: Channel | undefined = options.channel
  let callSid = options.callSid
  /** Whether the SDK knows the CA… sid: it ignores messages about a sid that it does not know. */
  let told = !outgoing
  let ended = false
  let grace: NodeJS.Timeout | undefined
  let waiting: (() => void)[] = []
  let hangUpListener = () => {}
  let digitListener = (_digit: string) => {}

  const whenNamed = (act: () => void) => {
    if (callSid) act()
    else waiting.push(act)
  }
  const close = () => {
    ended = true
    clearTimeout(grace)
    peer.port.close()
    options.onEnded()
  }
  const sendEnd = (end: LineEnd) => {
    const error = end.code === undefined ? {} : { error: { code: end.code, message: end.message ?? '' } }
    channel?.send('hangup', { callsid: told ? callSid : outgoing?.temporarySid, ...error })
  }
  const hangUp = () => {
    if (ended) return
    close()
    hangUpListener()
  }
  const fail = (error: unknown) => {
    if (ended) return
    const message = error instanceof Error ? error.message : String(error)
    options.report(`the browser's media description was refused: ${message}`)
    sendEnd({ status: 'failed', code: 53400, message })
    hangUp()
  }
  const description = outgoing ? peer.answer(outgoing.offer) : undefined
  description?.catch(fail)
  peer.onDigit((digit) => {
    if (!ended) digitListener(digit)
  })

  const line: Line = {
    port: peer.port,
    ringing: () =>
      whenNamed(() => {
        told = true
        channel?.send('ringing', { callsid: callSid })
      }),
    answered: () =>
      whenNamed(() => {
        if (!description) return
        description
          .then((sdp) => {
            if (ended) return
            told = true
            channel?.send('answer', { callsid: callSid, sdp, reconnect: reconnectToken })
          })
          .catch(fail)
      }),
    ended: (end) => {
      if (ended) return
      sendEnd(end)
      close()
    },
    sendDigits: peer.playDigits,
    onDigit: (listener) => {
      digitListener = listener
    },
    onHangUp: (listener) => {
      hangUpListener = listener
    },
  }

  return {
    line,
    reconnectToken,
    get ended() {
      return ended
    },
    name: (sid) => {
      callSid = sid
      for (const act of waiting) act()
      waiting = []
    },
    hangUp,
    press: (digits) => {
      for (const digit of digits) if (!ended) digitListener(digit)
    },
    usesChannel: (candidate) => candidate === channel,
    lose: (lost, graceMs) => {
      if (ended || lost !== channel) return
      channel = undefined
      grace = setTimeout(() => {
        options.report('the browser did not come back after its signalling socket closed')
        hangUp()
      }, graceMs)
    },
    resume: (next, offer) => {
      if (fingerprintOf(offer) !== options.farFingerprint) {
        next.send('hangup', {
          callsid: callSid,
          error: { code: 53400, message: 'A call that is open cannot move to another peer connection.' },
        })
        return
      }
      clearTimeout(grace)
      channel = next
      // The peer connection never noticed; the SDK wants no new description.
      next.send('answer', { callsid: callSid, reconnect: reconnectToken })
    },
    restart: async (offer) => {
      try {
        const sdp = await peer.answer(offer)
        channel?.send('answer', { callsid: callSid, sdp, reconnect: reconnectToken })
      } catch (error) {
        fail(error)
      }
    },
  }
}
