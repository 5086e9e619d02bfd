/** One WebSocket of the Voice SDK: JSON messages `{type, version, payload}`, and "\n" as a heartbeat that the SDK echoes. */
import type { RawData, WebSocket } from 'ws'

export const PROTOCOL_VERSION = '1.6'
/** The SDK gives a silent socket up after 15 s. */
const HEARTBEAT_MS = 5000
/** A socket whose far end echoes nothing for so long is dead, though TCP may not know it yet. */
const DEAD_AFTER_MS = 20_000

export type Payload = Record<string, unknown>

/** Where a leg sends its messages. A closed channel swallows them: the SDK comes back with a reconnect invite. */
export interface Channel {
  send(type: string, payload: Payload): void
}

export interface ChannelEvents {
  message(type: string, payload: Payload): void
  closed(): void
}

const parse = (text: string): { type: string; payload: Payload } | undefined => {
  try {
    const message: unknown = JSON.parse(text)
    if (typeof message !== 'object' || message === null) return undefined
    const { type, payload } = message as { type?: unknown; payload?: unknown }
    return typeof type === 'string'
      ? { type, payload: typeof payload === 'object' && payload !== null ? (payload as Payload) : {} }
      : undefined
  } catch {
    return undefined
  }
}

/** Text of a payload's field, undefined where it is missing or no text. */
export const textOf = (payload: Payload, field: string): string | undefined => {
  const value = payload[field]
  return typeof value === 'string' ? value : undefined
}

/** Takes over an open socket until it closes. What is not a message of the protocol is ignored, as Twilio does. */
export const openChannel = (socket: WebSocket, events: ChannelEvents): Channel => {
  let heardAt = performance.now()
  const heartbeat = setInterval(() => {
    if (performance.now() - heardAt > DEAD_AFTER_MS) return socket.terminate()
    if (socket.readyState === socket.OPEN) socket.send('\n')
  }, HEARTBEAT_MS)
  socket.on('message', (data: RawData) => {
    heardAt = performance.now()
    const message = parse(data.toString())
    if (message) events.message(message.type, message.payload)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearInterval(heartbeat)
    events.closed()
  })
  return {
    send: (type, payload) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type, version: PROTOCOL_VERSION, payload }))
    },
  }
}
