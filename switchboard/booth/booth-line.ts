/** The phone booth's side of a call: one WebSocket, one peer connection, one call at a time. */
import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import type { Exchange, Line, LineEnd } from '../exchange.ts'
import type { Peer } from '../media/webrtc.ts'

/** What the page sends. `sdp` is its offer. */
const asked = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('dial'), from: z.string(), to: z.string().min(1), sdp: z.string().min(1) }),
  z.strictObject({ type: z.literal('digit'), digit: z.string().regex(/^[0-9*#]$/) }),
  z.strictObject({ type: z.literal('hang-up') }),
])

/** What the page is told. */
export type BoothTold =
  | { type: 'media'; sdp: string }
  | { type: 'ringing' }
  | { type: 'answered'; callSid: string }
  | ({ type: 'ended' } & LineEnd)

export interface BoothOptions {
  exchange: Exchange
  makePeer(): Peer
  refusesMedia(callSid: string, to: string): boolean
  log(text: string, callSid?: string): void
}

interface Call {
  line: Line
  press(digit: string): void
  hangUp(): void
}

const dial = (options: BoothOptions, order: { from: string; to: string; sdp: string }, tell: (message: BoothTold) => void): Call => {
  const peer = options.makePeer()
  let ended = false
  let digitListener = (_digit: string) => {}
  let hangUpListener = () => {}
  const close = () => {
    ended = true
    peer.port.close()
  }
  const line: Line = {
    port: peer.port,
    ringing: () => tell({ type: 'ringing' }),
    answered: (callSid) => tell({ type: 'answered', callSid }),
    ended: (end) => {
      if (ended) return
      close()
      tell({ type: 'ended', ...end })
    },
    sendDigits: peer.playDigits,
    onDigit: (listener) => {
      digitListener = listener
    },
    onHangUp: (listener) => {
      hangUpListener = listener
    },
  }
  const hangUp = () => {
    if (ended) return
    close()
    hangUpListener()
  }
  const press = (digit: string) => {
    if (!ended) digitListener(digit)
  }
  peer.onDigit(press)
  // The description goes out at once, so that the sound stands when somebody answers.
  peer.answer(order.sdp).then(
    (sdp) => tell({ type: 'media', sdp }),
    (error) => {
      if (ended) return
      tell({ type: 'ended', status: 'failed', message: String(error) })
      hangUp()
    },
  )
  const callSid = options.exchange.dial(order.from, order.to, line)
  if (!ended && options.refusesMedia(callSid, order.to)) peer.refuseMedia()
  options.log(`the phone booth dials ${order.to} from ${order.from}`, callSid)
  return { line, press, hangUp }
}

/** Serves one open booth page until its socket closes. */
export const openBooth = (socket: WebSocket, options: BoothOptions): void => {
  let call: Call | undefined
  const tell = (message: BoothTold) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }
  const act = (message: z.infer<typeof asked>) => {
    if (message.type === 'digit') return call?.press(message.digit)
    call?.hangUp()
    call = message.type === 'dial' ? dial(options, message, tell) : undefined
  }
  socket.on('message', (data: RawData) => {
    try {
      act(asked.parse(JSON.parse(data.toString())))
    } catch (error) {
      // A message of no sense, or no media port left.
      const message =
        error instanceof z.ZodError || error instanceof SyntaxError ? 'The booth’s message was not understood.' : String(error)
      options.log(`the phone booth was refused: ${message}`)
      tell({ type: 'ended', status: 'failed', message })
    }
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => call?.hangUp())
}
