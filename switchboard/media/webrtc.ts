/**
 * One browser's voice: ICE, DTLS-SRTP and PCMU over werift, as a MediaPort. Used for the Voice SDK and for the phone booth.
 * We are ICE-lite: the browser finds us, we never look for it, and no candidate has to travel after the first description.
 */
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { createJitterQueue } from './jitter-queue.ts'
import { mixAll } from './mixer.ts'
import { decodePcmu, encodePcmu } from './pcmu.ts'
import { createPlayer, type Player } from './player.ts'
import { FRAME_SAMPLES, type Frame, type MediaPort } from './port.ts'
import type { RtpPorts } from './rtp-ports.ts'
import { finishSdp, hostAddresses } from './sdp.ts'
import { createDigitReader } from './telephone-event.ts'
import { makeDigits } from './tone.ts'

const PCMU_TYPE = 0

export interface Peer {
  readonly port: MediaPort
  /** Answers an offer with a description that holds all candidates. A second offer is an ICE restart; the sound goes on meanwhile. */
  answer(offer: string): Promise<string>
  /** Our own offer, for a far end that is rung. */
  offer(): Promise<string>
  /** The far end's answer to our offer. Throws where it cannot be understood. */
  accept(answer: string): Promise<void>
  /** The far end's keys, from RTP events. One listener. */
  onDigit(listener: (digit: string) => void): void
  /** Lets the far end hear keys as tones. */
  playDigits(digits: string): void
  /** A fault: descriptions are answered, yet no voice flows either way. */
  refuseMedia(): void
}

const codecs = () => ({
  audio: [
    new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: PCMU_TYPE }),
    new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8000, channels: 1, payloadType: 101 }),
  ],
})

// Browsers offer telephone-event at 48 kHz too, for Opus; beside PCMU only 8 kHz is right.
const onlyNarrowEvents = (offer: string): string => {
  const wide = [...offer.matchAll(/^a=rtpmap:(\d+) telephone-event\/(?!8000)\d+/gm)].map((match) => match[1] as string)
  return offer
    .split(/\r?\n/)
    .filter((line) => !wide.some((type) => line.startsWith(`a=rtpmap:${type} `) || line.startsWith(`a=fmtp:${type} `)))
    .map((line) => (line.startsWith('m=audio') ? wide.reduce((kept, type) => kept.replace(new RegExp(` ${type}(?= |$)`), ''), line) : line))
    .join('\r\n')
}

/** A peer connection that waits for its first description. Closing the port ends it and gives its UDP port back. */
export const createPeer = (ports: RtpPorts): Peer => {
  const pair = ports.take()
  const connection = new RTCPeerConnection({
    codecs: codecs(),
    iceLite: true,
    iceServers: [],
    icePortRange: pair,
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
  })
  const transceiver = connection.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' })
  const queue = createJitterQueue()
  const readDigit = createDigitReader()
  let closed = false
  let refused = false
  let digitListener = (_digit: string) => {}
  let keys: Player | undefined
  let sequence = Math.floor(Math.random() * 0xffff)
  let timestamp = Math.floor(Math.random() * 0xffffffff)

  const receive = (packet: RtpPacket) => {
    if (closed || refused) return
    const { payloadType, sequenceNumber, timestamp: at } = packet.header
    if (payloadType === PCMU_TYPE) return queue.push(sequenceNumber, decodePcmu(packet.payload))
    const digit = transceiver.codecs.some((codec) => codec.payloadType === payloadType && codec.name === 'telephone-event')
      ? readDigit(at, packet.payload)
      : undefined
    if (digit) digitListener(digit)
  }
  // An ICE restart announces the same track again; it must not be heard twice.
  const known = new Set<MediaStreamTrack>()
  connection.onTrack.subscribe((track) => {
    if (known.has(track)) return
    known.add(track)
    track.onReceiveRtp.subscribe(receive)
  })

  const send = (frame: Frame) => {
    if (closed || refused) return
    const key = keys?.next()
    if (!key) keys = undefined
    sequence = (sequence + 1) & 0xffff
    timestamp = (timestamp + FRAME_SAMPLES) >>> 0
    const header = new RtpHeader({ payloadType: PCMU_TYPE, sequenceNumber: sequence, timestamp, marker: false })
    const payload = Buffer.from(encodePcmu(key ? mixAll([frame, key]) : frame))
    // Before DTLS stands werift sends nothing; afterwards a closed socket is the only way to fail.
    transceiver.sender.sendRtp(new RtpPacket(header, payload)).catch(() => {})
  }

  const describe = () => finishSdp(connection.localDescription?.sdp ?? '', hostAddresses())

  return {
    port: {
      read: () => (closed ? null : queue.pull()),
      write: send,
      close: () => {
        if (closed) return
        closed = true
        connection
          .close()
          .catch(() => {})
          .finally(() => ports.give(pair))
      },
    },
    answer: async (offer) => {
      const restart = connection.remoteDescription !== null
      await connection.setRemoteDescription({ type: 'offer', sdp: onlyNarrowEvents(offer) })
      const { sdp } = await connection.createAnswer()
      // As the DTLS server we need not wait the 100 ms that werift's client waits before it speaks.
      await connection.setLocalDescription({ type: 'answer', sdp: restart ? sdp : sdp.replace('a=setup:active', 'a=setup:passive') })
      // werift leaves ICE alone where DTLS stands already, and would never hear the restarted checks.
      if (restart) for (const transport of connection.iceTransports) if (!transport.connection.nominated) transport.start().catch(() => {})
      return describe()
    },
    offer: async () => {
      await connection.setLocalDescription(await connection.createOffer())
      return describe()
    },
    accept: (answer) => connection.setRemoteDescription({ type: 'answer', sdp: answer }),
    onDigit: (listener) => {
      digitListener = listener
    },
    playDigits: (digits) => {
      keys = createPlayer(makeDigits(digits))
    },
    refuseMedia: () => {
      refused = true
    },
  }
}
