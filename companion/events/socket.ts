/**
 * One browser's socket:
 *
 *     opened ─hello─▶ welcomed ─(ping, facts, another hello)─▶ … ─▶ gone        a frame that cannot be read: refused, and gone
 *
 * What a browser says is handled one frame after the other; what happens meanwhile waits until it was welcomed.
 */
import type { WebSocket } from 'ws'
import { ClientFrame, PROTOCOL_VERSION, RingsideError, type ServerFrame } from '../../utils/protocol/index.ts'
import { toRingsideError, withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import { dropBrowser, saveBrowser } from '../people/availability.ts'
import { type Message, type Page, pagesOf } from './pages.ts'
import { makeWelcome } from './welcome.ts'

/** A socket that was not heard of for so long is dead: browsers ping every 20 s. By the system's clock: tests that move time must not cut lines. */
export const SILENCE_MS = 45_000
/** A browser that does not read is dropped; it will come back and catch up. Bytes: well above all that one welcome may bring (welcome.ts). */
const BUFFER_BYTES = 4 * 1024 * 1024
/** Frames that a browser may send ahead of us. */
const QUEUE = 100

export interface FeedSocket {
  readonly userId: string
  readonly sessionId: string
  /** Known after the first hello. */
  readonly browserId: string | undefined
  /** Hands on what is for this user, of everything up to `upTo`. Answers whether it went out now. */
  deliver(messages: readonly Message[], upTo: number): boolean
  refuse(error: RingsideError): void
  close(): void
}

export interface SocketParts {
  companion: Companion
  silenceMs: number
  /** A browser has one socket: the former one is to be closed. */
  onHello(socket: FeedSocket): void
  /** Offers that the welcome told of. */
  onWelcome(socket: FeedSocket, welcome: Extract<ServerFrame, { type: 'welcome' }>): void
  onGone(socket: FeedSocket): void
  /** Whether this socket is still the one of its browser. */
  isCurrent(socket: FeedSocket): boolean
}

export function createSocket(parts: SocketParts, ws: WebSocket, { userId, sessionId }: { userId: string; sessionId: string }): FeedSocket {
  const { companion } = parts
  const { store, clock, log } = companion
  let browserId: string | undefined
  /** Up to where the browser knows everything; undefined before it was welcomed. */
  let sent: number | undefined
  let waiting: Message[] = []
  let reached = 0
  let queued = 0
  let tail = Promise.resolve()
  let gone = false

  const send = (text: string) => {
    if (gone) return
    if (ws.bufferedAmount > BUFFER_BYTES) return ws.terminate()
    ws.send(text)
  }
  const say = (frame: ServerFrame) => send(JSON.stringify(frame))
  const sayStretch = (stretch: Page) => {
    for (const { from, upTo, messages } of pagesOf(stretch)) {
      send(`{"type":"events","from":${from},"upTo":${upTo},"events":[${messages.map(({ json }) => json).join(',')}]}`)
    }
  }
  /** What waited, and that there was nothing else. */
  const catchUp = () => {
    if (sent === undefined || reached <= sent) return
    const from = sent
    const messages = waiting.filter(({ seq }) => seq > from)
    waiting = []
    sent = reached
    sayStretch({ from, upTo: reached, messages })
  }

  const handle = async (frame: ClientFrame) => {
    if (frame.type === 'hello') return welcome(frame)
    if (browserId === undefined) throw new RingsideError('bad_request', { at: 'hello' })
    if (frame.type === 'facts') return report(browserId, frame.facts)
    catchUp()
    say({ type: 'pong', upTo: sent ?? 0, now: clock.now().toISOString() })
  }
  const report = async (id: string, facts: Extract<ClientFrame, { type: 'facts' }>['facts']) => {
    await store.write((writer) => saveBrowser(writer, { browserId: id, userId, sessionId, companionId: companion.id, facts }))
  }
  const welcome = async (hello: Extract<ClientFrame, { type: 'hello' }>) => {
    browserId = hello.browserId
    parts.onHello(socket)
    await report(browserId, hello.facts)
    // From here on what happens is kept for after the welcome.
    sent = undefined
    const made = await makeWelcome(store, userId, hello.since, clock.now())
    say(made.welcome)
    if (made.missed) sayStretch(made.missed)
    sent = made.welcome.upTo
    catchUp()
    parts.onWelcome(socket, made.welcome)
  }

  const socket: FeedSocket = {
    userId,
    sessionId,
    get browserId() {
      return browserId
    },
    deliver(messages, upTo) {
      reached = Math.max(reached, upTo)
      waiting.push(...messages)
      if (sent === undefined) return false
      // Without anything for this user, the next stretch covers this one too.
      if (messages.length > 0) catchUp()
      return !gone
    },
    refuse(error) {
      say({ type: 'refused', error: error.reply().error })
      ws.close(1008)
    },
    close: () => ws.close(1001),
  }

  let silence = setTimeout(() => ws.terminate(), parts.silenceMs)
  ws.on('message', (data) => {
    clearTimeout(silence)
    silence = setTimeout(() => ws.terminate(), parts.silenceMs)
    queued += 1
    if (queued > QUEUE) return ws.terminate()
    tail = tail
      .then(() => (gone ? undefined : handle(readFrame(String(data)))))
      .catch((error) => {
        const known = toRingsideError(error)
        if (known.code === 'internal') log.error({ user: userId, ...withoutData(error) }, 'a frame could not be handled')
        socket.refuse(known)
      })
      .finally(() => {
        queued -= 1
      })
  })
  ws.on('error', () => ws.terminate())
  ws.on('close', () => {
    gone = true
    clearTimeout(silence)
    const id = browserId
    const current = parts.isCurrent(socket)
    parts.onGone(socket)
    if (id === undefined || !current || companion.stopping.aborted) return
    // After whatever it said last.
    tail = tail
      .then(() => store.write((writer) => dropBrowser(writer, id, userId, companion.id)))
      .catch((error) => log.warn({ user: userId, ...withoutData(error) }, 'cannot note that a browser is gone'))
  })
  return socket
}

/** Another version may say anything: only its number is looked at. */
function readFrame(text: string): ClientFrame {
  const json = parseJson(text)
  if (json?.type === 'hello' && json.protocol !== PROTOCOL_VERSION) {
    throw new RingsideError('protocol_mismatch', { companion: String(PROTOCOL_VERSION), extension: String(json.protocol).slice(0, 20) })
  }
  const frame = ClientFrame.safeParse(json)
  if (!frame.success) throw new RingsideError('bad_request', { at: frame.error.issues[0]?.path.join('.') ?? '' })
  return frame.data
}

function parseJson(text: string): { type?: unknown; protocol?: unknown } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
