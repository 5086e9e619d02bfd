/** An agent without a browser: signs in, holds the feed's socket and sends commands, as the extension does. For races and benches of many. */
import { randomUUID, webcrypto } from 'node:crypto'
import { WebSocket } from 'ws'
import {
  type Event,
  type Me,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  type RouteName,
  type RouteReply,
  routes,
  ServerFrame,
} from '../../utils/protocol/index.ts'

export interface HeadlessAgent {
  readonly userId: string
  readonly browserId: string
  /** Every event with the instant at which it arrived, in `performance.now()` milliseconds. */
  onEvent: (event: Event, at: number) => void
  call<N extends RouteName>(name: N, params: Record<string, string>, body?: unknown): Promise<{ status: number; reply: RouteReply<N> }>
  me(): Me
  close(): void
}

/** Signs in with a link, connects and becomes available with a phone that claims to work. */
export async function openHeadlessAgent(companionUrl: string, link: string): Promise<HeadlessAgent> {
  const { publicKey } = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', publicKey)
  const browserId = randomUUID()
  let token = ''

  const call: HeadlessAgent['call'] = async (name, params, body) => {
    const { method, path } = routes[name]
    const filled = path.replace(/:(\w+)/g, (_, key: string) => params[key] ?? '')
    const response = await fetch(`${companionUrl}${filled}`, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(token && { authorization: `Bearer ${token}` }),
        'content-type': 'application/json',
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    })
    return { status: response.status, reply: (await response.json()) as never }
  }
  const must: HeadlessAgent['call'] = async (name, params, body) => {
    const answer = await call(name, params, body)
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.reply)}`)
    return answer
  }

  const signedIn = await must('signIn', {}, { link: link.slice(link.indexOf('#') + 1), browser: 'headless', key: { kty, crv, x, y } })
  token = signedIn.reply.token
  const { ticket } = (await must('takeSocketTicket', {})).reply
  const socket = new WebSocket(`${companionUrl.replace(/^http/, 'ws')}/api/feed?ticket=${ticket}`, {
    origin: 'chrome-extension://headless',
  })
  let me: Me | undefined
  const agent: HeadlessAgent = {
    userId: signedIn.reply.user.id,
    browserId,
    onEvent: () => undefined,
    call,
    me() {
      if (!me) throw new Error('not welcomed yet')
      return me
    },
    close: () => socket.close(),
  }
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the feed was closed')))
    socket.on('open', () =>
      socket.send(
        JSON.stringify({
          type: 'hello',
          protocol: PROTOCOL_VERSION,
          version: '0.0.0',
          browserId,
          since: null,
          facts: { microphone: 'granted', voice: 'ready' },
        }),
      ),
    )
    socket.on('message', (data) => {
      const at = performance.now()
      const frame = ServerFrame.parse(JSON.parse(String(data)))
      if (frame.type === 'welcome') {
        me = frame.me
        resolve()
      } else if (frame.type === 'refused') reject(new Error(frame.error.words))
      else if (frame.type === 'events') {
        for (const { event } of frame.events) {
          if (event.type === 'me-changed') me = event.me
          agent.onEvent(event, at)
        }
      }
    })
  })
  await must('setWanted', {}, { wanted: true })
  return agent
}
