/** A companion in this process, on a free port and a store of its own, and what an extension says to it. The voice provider answers nothing. */
import { randomUUID, webcrypto } from 'node:crypto'
import { WebSocket } from 'ws'
import { type App, type AppOptions, startApp } from '../../companion/app.ts'
import { createClock, type MovableClock } from '../../companion/clock.ts'
import { readConfig } from '../../companion/config.ts'
import { createLog } from '../../companion/log.ts'
import { makeLink } from '../../companion/people/sign-in.ts'
import type { Store } from '../../companion/store/store.ts'
import type { Provider } from '../../companion/twilio/provider.ts'
import {
  type BrowserFacts,
  type ClientFrame,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  type RouteReply,
  resumeText,
  ServerFrame,
} from '../../utils/protocol/index.ts'
import { until } from './process.ts'
import { type StoreKind, testStore } from './store.ts'

export const ORIGIN = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
export const working: BrowserFacts = { microphone: 'granted', voice: 'ready' }

const hex = '0123456789abcdef0123456789abcdef'
export const environment = {
  HOST: '127.0.0.1',
  PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:1',
  TWILIO_ACCOUNT_SID: `AC${hex}`,
  TWILIO_AUTH_TOKEN: hex,
  TWILIO_API_KEY: `SK${hex}`,
  TWILIO_API_SECRET: 'secret',
  TWILIO_APPLICATION_SID: `AP${hex}`,
  // Nobody listens there.
  TWILIO_API_URL: 'http://127.0.0.1:1',
  LOG_LEVEL: 'silent',
}

export interface TestCompanion {
  app: App
  store: Store
  clock: MovableClock
  /** A user, in these channels. */
  addUser(user?: { name?: string; role?: 'admin' | 'agent'; seat?: boolean; wanted?: boolean; channels?: string[] }): Promise<string>
  /** Returns its id. */
  addChannel(name?: string): Promise<string>
  /** A fresh sign-in link's secret. */
  makeSecret(userId: string): Promise<string>
  signIn(userId: string): Promise<Client>
  /** Any request; the body is JSON unless it is a string. */
  ask(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; body: never; headers: Headers }>
  close(): Promise<void>
}

export interface Client {
  userId: string
  token: string
  sessionId: string
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }>
  /** What the browser signs to take up its session. */
  resume(at?: Date): Promise<{ status: number; body: never }>
  openFeed(options?: { since?: number | null; facts?: BrowserFacts; browserId?: string }): Promise<Feed>
}

export interface Feed {
  browserId: string
  frames: ServerFrame[]
  welcome: Extract<ServerFrame, { type: 'welcome' }>
  say(frame: ClientFrame): void
  /** Waits for an event; answers it. */
  event<T extends string>(type: T): Promise<unknown>
  /** All events so far. */
  events(): { seq: number; event: { type: string } }[]
  /** Cuts the line without a word. */
  cut(): void
  closed: Promise<void>
}

/** Undefined where PostgreSQL is wanted and not installed. */
export async function startTestCompanion(
  kind: StoreKind = 'pglite',
  options: Partial<AppOptions> & { test?: '0' | '1'; env?: Record<string, string> } = {},
): Promise<TestCompanion | undefined> {
  const clock = createClock()
  const store = options.store ?? (await testStore(kind, { now: clock.now }))
  if (!store) return undefined
  const config = readConfig({ ...environment, RINGSIDE_TEST: options.test ?? '1', ...options.env })
  const provider = options.provider ?? ({ listNumbers: async () => [] } as unknown as Provider)
  const app = await startApp({ log: createLog('silent'), ...options, config, store, clock, provider })

  const ask: TestCompanion['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(app.url + path, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as never }
  }
  const makeSecret = async (userId: string) => {
    const link = await store.write((writer) => makeLink(writer, userId, 'http://x'))
    return link.slice(link.indexOf('#') + 1)
  }
  return {
    app,
    store,
    clock,
    ask,
    makeSecret,
    async addUser({ name = 'Anna', role = 'agent', seat = true, wanted = true, channels = [] } = {}) {
      const id = randomUUID()
      await store.write(async ({ db, now }) => {
        await db.insertInto('users').values({ id, name, role, seat, wanted, created_at: now }).execute()
        for (const channel_id of channels) await db.insertInto('channel_users').values({ channel_id, user_id: id }).execute()
      })
      return id
    },
    async addChannel(name = 'Support') {
      const id = randomUUID()
      const greeting = { text: 'hello', language: 'en-US', voice: 'alice', uploadId: null }
      const greetings = { inHours: greeting, afterHours: greeting, closed: greeting }
      await store.write(({ db, now }) =>
        db.insertInto('channels').values({ id, name, time_zone: 'UTC', greetings, created_at: now }).execute(),
      )
      return id
    },
    async signIn(userId) {
      const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
      const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', keys.publicKey)
      const signedIn = await ask('POST', '/api/sign-in', {
        body: { link: await makeSecret(userId), browser: 'Test', key: { kty, crv, x, y } },
      })
      if (signedIn.status !== 200) throw new Error(`sign-in: ${JSON.stringify(signedIn.body)}`)
      const { token, sessionId } = signedIn.body as RouteReply<'signIn'>
      const client: Client = {
        userId,
        token,
        sessionId,
        ask: (method, path, body) => ask(method, path, { body, headers: { authorization: `Bearer ${client.token}` } }),
        async resume(at = clock.now()) {
          const text = Buffer.from(resumeText(sessionId, at.toISOString()))
          const signature = Buffer.from(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, text)).toString(
            'base64url',
          )
          return ask('POST', '/api/resume', { body: { sessionId, at: at.toISOString(), signature } })
        },
        async openFeed({ since = null, facts = working, browserId = randomUUID() } = {}) {
          const reply = await client.ask('POST', '/api/socket-ticket', {})
          const { ticket } = reply.body as RouteReply<'takeSocketTicket'>
          return openFeed(app.url, ticket, { since, facts, browserId })
        },
      }
      return client
    },
    async close() {
      await app.close()
      await store.close()
    },
  }
}

/** A raw socket to the feed; `frames` fills as they come. */
export function openSocket(
  url: string,
  ticket: string,
  origin: string | null = ORIGIN,
): { ws: WebSocket; frames: ServerFrame[]; closed: Promise<void> } {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/api/feed?ticket=${ticket}`, { ...(origin && { origin }) })
  const frames: ServerFrame[] = []
  ws.on('message', (data) => frames.push(ServerFrame.parse(JSON.parse(String(data)))))
  ws.on('error', () => {})
  return { ws, frames, closed: new Promise((resolve) => ws.once('close', () => resolve())) }
}

async function openFeed(
  url: string,
  ticket: string,
  hello: { since: number | null; facts: BrowserFacts; browserId: string },
): Promise<Feed> {
  const { ws, frames, closed } = openSocket(url, ticket)
  const say = (frame: ClientFrame) => ws.send(JSON.stringify(frame))
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  say({ type: 'hello', protocol: PROTOCOL_VERSION, version: 'test', ...hello })
  const welcome = await until(() => frames.find((frame) => frame.type === 'welcome'))
  const events = () => frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []))
  return {
    browserId: hello.browserId,
    frames,
    welcome,
    say,
    events,
    event: (type) => until(() => events().find(({ event }) => event.type === type)?.event),
    cut: () => ws.terminate(),
    closed,
  }
}
