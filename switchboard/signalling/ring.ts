/** Rings every registered device of a client; the first to answer gets the call, the others are told that it is over. */
import { randomUUID } from 'node:crypto'
import type { Line, LineEnd, RingingLine } from '../exchange.ts'
import type { Peer } from '../media/webrtc.ts'
import type { Channel } from './channel.ts'

export interface RingParameters {
  callSid: string
  accountSid: string
  from: string
  to: string
  custom: Record<string, string>
}

export interface Ring extends RingingLine {
  /** A device answered with its description. */
  answer(channel: Channel, sdp: string): Promise<void>
  /** Another page of the same browser takes the call with the invite's token and an offer of its own (`connectToken`). */
  take(token: string, channel: Channel, offer: string): Promise<void>
  /** A device declined, or its socket closed. */
  drop(channel: Channel, status: 'busy' | 'no-answer'): void
}

export interface RingOptions {
  parameters: RingParameters
  channels: Channel[]
  /** Undefined where no media port is left. */
  makePeer(): Peer | undefined
  /** Turns an answered peer into a leg of the call. `far` is the far end's description. */
  connect(peer: Peer, channel: Channel, reconnectToken: string, far: string): Line
  onDecided(): void
  report(text: string): void
}

interface Invited {
  channel: Channel
  peer: Peer
  token: string
}

const inviteOf = ({ callSid, accountSid, from, to, custom }: RingParameters, sdp: string, token: string) => ({
  callsid: callSid,
  sdp,
  reconnect: token,
  parameters: {
    CallSid: callSid,
    AccountSid: accountSid,
    From: from,
    To: to,
    ApiVersion: '2010-04-01',
    Params: new URLSearchParams(custom).toString(),
  },
})

/** Starts ringing at once. */
export const startRing = (options: RingOptions): Ring => {
  const { parameters } = options
  const { promise: outcome, resolve } = Promise.withResolvers<{ line: Line } | { end: LineEnd }>()
  let invited: Invited[] = []
  let decided = false

  const decide = (result: { line: Line } | { end: LineEnd }, winner?: Invited) => {
    decided = true
    for (const { channel, peer } of invited) {
      if (channel === winner?.channel) continue
      channel.send('cancel', { callsid: parameters.callSid })
      peer.port.close()
    }
    invited = []
    options.onDecided()
    resolve(result)
  }
  const forget = (gone: Invited, status: 'busy' | 'no-answer') => {
    gone.peer.port.close()
    invited = invited.filter((other) => other !== gone)
    if (!decided && invited.length === 0) decide({ end: { status } })
  }
  const invite = async (device: Invited) => {
    try {
      const sdp = await device.peer.offer()
      if (invited.includes(device)) device.channel.send('invite', inviteOf(parameters, sdp, device.token))
    } catch (error) {
      options.report(`a device could not be rung: ${error instanceof Error ? error.message : error}`)
      forget(device, 'no-answer')
    }
  }
  for (const channel of options.channels) {
    const peer = options.makePeer()
    if (peer) invited.push({ channel, peer, token: randomUUID() })
  }
  for (const device of [...invited]) invite(device)
  if (invited.length === 0) decide({ end: { status: 'failed', code: 31000, message: 'No media port is left.' } })

  return {
    outcome,
    cancel: () => {
      if (!decided) decide({ end: { status: 'canceled' } })
    },
    answer: async (channel, sdp) => {
      const device = invited.find((candidate) => candidate.channel === channel)
      // Somebody was faster, or the caller left: this device has its `cancel` already.
      if (!device) return
      decide({ line: options.connect(device.peer, channel, device.token, sdp) }, device)
      await device.peer.accept(sdp)
    },
    take: async (token, channel, offer) => {
      const device = invited.find((candidate) => candidate.token === token)
      if (!device) return channel.send('cancel', { callsid: parameters.callSid })
      const peer = options.makePeer()
      if (!peer) return
      const line = options.connect(peer, channel, token, offer)
      decide({ line })
      const sdp = await peer.answer(offer)
      channel.send('answer', { callsid: parameters.callSid, sdp, reconnect: token })
    },
    drop: (channel, status) => {
      const device = invited.find((candidate) => candidate.channel === channel)
      if (device) forget(device, status)
    },
  }
}
