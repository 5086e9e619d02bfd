/**
 * The line to the companion: its socket while one is open, and the change feed kept whole. What comes over it goes to the desk as inputs;
 * threads and entries go to the cache with the feed's sequence number. When to try again is the desk's decision (step-line.ts).
 */
import { type Client, createClient } from '../utils/companion-client.ts'
import { toFailure } from '../utils/failure.ts'
import type { Failure } from '../utils/messages.ts'
import {
  type BrowserFacts,
  type ClientFrame,
  type ErrorCode,
  PING_SECONDS,
  PROTOCOL_VERSION,
  RingsideError,
  ServerFrame,
} from '../utils/protocol/index.ts'
import type { Cache } from './cache.ts'
import { createFeedReader, type FeedReader } from './feed-reader.ts'
import type { Input } from './inputs.ts'
import type { Session } from './state.ts'

export interface Line {
  /** Opens a socket; a former one is closed. Failure comes as `line-lost`. */
  open(): void
  close(): void
  /** Tells the companion what this browser can do; repeated facts are not sent. */
  tell(facts: BrowserFacts): void
  /** Requests over HTTP, with the session's token; resumed once where it has run out. Throws signed_out without a session. */
  readonly call: Client['call']
  recording(recordingId: string): Promise<Blob>
}

export interface LineParts {
  session(): Session | null
  facts(): BrowserFacts
  /** Whether something rings here. */
  ringing(): boolean
  /** Takes up the session that this browser keeps, with its key, and gives the new token (session.ts). */
  resume(): Promise<{ sessionId: string; token: string }>
  dispatch(input: Input): void
  cache: Cache
  /** Of the extension. */
  version: string
  browserId(): Promise<string>
  /** Something failed that a person should know of, but the line goes on. */
  onFailure(error: unknown): void
}

/** A socket that says nothing for so long is dead, whatever the system believes. Milliseconds. */
const SILENCE = PING_SECONDS * 1000 + 10_000

/** While it rings, a dead line must be known sooner: somebody else may have answered. Milliseconds. */
const RINGING = { ping: 750, silence: 2500 }

/** Failures that trying again by itself does not mend. */
const fatal = new Set<ErrorCode>(['signed_out', 'user_disabled', 'protocol_mismatch', 'origin_refused', 'not_allowed'])

export function createLine(parts: LineParts): Line {
  const { session, dispatch } = parts
  /** The current socket's end. A new one is made for each try, so what an old socket says late is not heard. */
  let current: AbortController | null = null
  let socket: WebSocket | null = null
  let told = ''

  const client = () => {
    const address = session()?.address
    if (!address) throw new RingsideError('signed_out')
    return createClient(address, () => session()?.token ?? null)
  }

  const resuming = new Map<string, Promise<void>>()
  /** One resume of a session at a time: each ends the former token. Throws signed_out where another session has taken its place. */
  async function resume(sessionId: string): Promise<void> {
    let one = resuming.get(sessionId)
    if (!one) {
      one = parts
        .resume()
        .then((resumed) => dispatch({ type: 'resumed', ...resumed }))
        .finally(() => resuming.delete(sessionId))
      resuming.set(sessionId, one)
    }
    await one
    if (session()?.sessionId !== sessionId) throw new RingsideError('signed_out')
  }

  /** What was asked in one session is never said in another: somebody else may have signed in meanwhile. */
  async function withSession<T>(work: () => Promise<T>): Promise<T> {
    const began = session()
    if (began?.token === null) await resume(began.sessionId)
    try {
      return await work()
    } catch (error) {
      const ranOut = error instanceof RingsideError && error.code === 'signed_out'
      if (!ranOut || !began || session()?.sessionId !== began.sessionId) throw error
      await resume(began.sessionId)
      return work()
    }
  }

  const call: Client['call'] = (name, parameters) => withSession(() => client().call(name, parameters))

  function lost(end: AbortController, failure: Failure): void {
    if (end.signal.aborted) return
    end.abort()
    dispatch({ type: 'line-lost', failure, fatal: fatal.has(failure.code), jitter: Math.random() })
  }

  async function connect(end: AbortController): Promise<void> {
    const browserId = await parts.browserId()
    const { ticket } = await call('takeSocketTicket', { path: {}, body: {} })
    const since = await parts.cache.upTo()
    const address = session()?.address
    if (end.signal.aborted || !address) return
    const url = new URL(`/api/feed?ticket=${encodeURIComponent(ticket)}`, address)
    url.protocol = url.protocol.replace('http', 'ws')
    const opened = new WebSocket(url)
    socket = opened
    const say = (frame: ClientFrame) => opened.send(JSON.stringify(frame))
    const hello = (from: number | null) => {
      told = JSON.stringify(parts.facts())
      say({ type: 'hello', protocol: PROTOCOL_VERSION, version: parts.version, browserId, since: from, facts: parts.facts() })
    }
    const reader = createFeedReader({ since, hello, cache: parts.cache, call, dispatch, onFailure: parts.onFailure })
    let heardAt = Date.now()
    const ping = setInterval(() => {
      if (Date.now() - heardAt > SILENCE) lost(end, { code: 'companion_unreachable' })
      else if (opened.readyState === WebSocket.OPEN) say({ type: 'ping' })
    }, PING_SECONDS * 1000)
    let askedAt: number | null = null
    const watch = setInterval(() => {
      if (!parts.ringing() || opened.readyState !== WebSocket.OPEN) {
        askedAt = null
        return
      }
      if (askedAt === null || heardAt >= askedAt) askedAt = Date.now()
      else if (Date.now() - askedAt >= RINGING.silence) return lost(end, { code: 'companion_unreachable' })
      say({ type: 'ping' })
    }, RINGING.ping)
    end.signal.addEventListener('abort', () => {
      clearInterval(ping)
      clearInterval(watch)
      opened.close()
    })
    opened.onopen = () => hello(since)
    opened.onmessage = ({ data }) => {
      heardAt = Date.now()
      if (!end.signal.aborted) hear(end, reader, data)
    }
    opened.onclose = () => lost(end, { code: 'companion_unreachable' })
  }

  function hear(end: AbortController, reader: FeedReader, data: unknown): void {
    const frame = ServerFrame.safeParse(typeof data === 'string' ? parseJson(data) : undefined)
    if (!frame.success) {
      lost(end, { code: 'protocol_mismatch' })
      return
    }
    if (frame.data.type === 'refused') end.abort()
    reader.read(frame.data)
  }

  return {
    call,
    recording: (recordingId) => withSession(() => client().recording(recordingId)),
    open() {
      current?.abort()
      const end = new AbortController()
      current = end
      connect(end).catch((error: unknown) => lost(end, toFailure(error, 'companion_unreachable')))
    },
    close() {
      current?.abort()
      current = null
      socket = null
    },
    tell(facts) {
      const text = JSON.stringify(facts)
      if (text === told || socket?.readyState !== WebSocket.OPEN || current?.signal.aborted !== false) return
      told = text
      socket.send(JSON.stringify({ type: 'facts', facts } satisfies ClientFrame))
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
