/**
 * Everything that ends in the exchange: the Voice SDK's signalling and media, scripted callers and phones, the phone booth.
 * The one front that main.ts opens; what these lines are connected to is the exchange's business.
 */
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { openBooth } from './booth/booth-line.ts'
import { boothPage } from './booth/booth-page.ts'
import { createCallers } from './callers/callers.ts'
import { callersApi } from './callers/callers-api.ts'
import type { Route } from './callers/route.ts'
import type { After } from './callers/script.ts'
import type { Exchange, LineFinder } from './exchange.ts'
import { createRtpPorts } from './media/rtp-ports.ts'
import { createPeer } from './media/webrtc.ts'
import { openCertificate } from './signalling/certificate.ts'
import { createSignalling } from './signalling/signalling.ts'

export interface LinesOptions {
  exchange: Exchange
  /** Where the Voice SDK connects (wss, path /signal). Port 0 takes a free one. */
  signalling: { host: string; port: number }
  /** Keeps the TLS certificate. */
  dataFolder: string
  /** First and last UDP port for media, two a call; the system chooses where none is given. */
  rtpPorts?: [number, number]
  /** Asked once for each browser's call: anything but undefined lets its media be refused. */
  faults?: { take(facts: { kind: 'media'; callSid: string; to: string }): unknown }
  /** The exchange's clock, on which scripted callers and phones wait; the real one where not given. */
  after?: After
  /** How long a call outlives its browser's socket, in ms; 5 s where not given. */
  graceMs?: number
  log(text: string, callSid?: string): void
}

export interface Lines {
  finder: LineFinder
  /** /control/callers and /booth, for the HTTP server to mount. */
  routes: Route[]
  /**
   * The HTTP server's `upgrade`: takes /booth/socket, and /signal without TLS for clients that can be told so.
   * False where the path is not ours.
   */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  signallingPort: number
  /** For Chromium's --ignore-certificate-errors-spki-list. */
  spki: string
  close(): Promise<void>
}

const afterReally: After = (ms, act) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? ''

/** Rejects where the port is taken. */
export const openLines = async (options: LinesOptions): Promise<Lines> => {
  const { exchange, log } = options
  const ports = createRtpPorts(options.rtpPorts)
  const makePeer = () => createPeer(ports)
  const refusesMedia = (callSid: string, to: string) => options.faults?.take({ kind: 'media', callSid, to }) !== undefined
  const callers = createCallers(exchange, options.after ?? afterReally, log)
  const signalling = createSignalling({ exchange, makePeer, refusesMedia, graceMs: options.graceMs ?? 5000, log })

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 256 * 1024 })
  const doors: Record<string, (socket: Parameters<typeof openBooth>[0]) => void> = {
    '/signal': signalling.accept,
    '/booth/socket': (socket) => openBooth(socket, { exchange, makePeer, refusesMedia, log }),
  }
  const upgrade: Lines['upgrade'] = (request, socket, head) => {
    const open = doors[pathOf(request)]
    if (!open) return false
    sockets.handleUpgrade(request, socket, head, open)
    return true
  }

  const { key, cert, spki } = await openCertificate(options.dataFolder)
  const server = createServer({ key, cert }, (_request, response) => response.writeHead(404).end())
  server.on('upgrade', (request, socket, head) => {
    if (!upgrade(request, socket, head)) socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.signalling.port, options.signalling.host, resolve)
  })

  return {
    finder: { ring: (to, leg) => (to.startsWith('client:') ? signalling.ring(to, leg) : callers.ring(to, leg)) },
    routes: [...callersApi(callers), ...boothPage()],
    upgrade,
    signallingPort: (server.address() as AddressInfo).port,
    spki,
    close: async () => {
      callers.close()
      signalling.close()
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
