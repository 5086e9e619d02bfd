/** The one HTTP port: Twilio's REST, the echo twimlet, and the routes of control, callers and booth. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Route } from '../callers/route.ts'
import { answerRest, isRestPath } from '../rest/api.ts'
import { matchPath } from '../rest/path.ts'
import type { Room } from '../room.ts'
import { readBody } from './body.ts'

export interface HttpOptions {
  room: Room
  host: string
  port: number
  routes: () => Route[]
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean
}

/** Rejects with words for a person where the port is in use. */
export function startHttp(options: HttpOptions): Promise<Server> {
  const { room, host, port } = options
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      room.log.add({ kind: 'error', text: `${request.method} ${request.url} failed: ${text}` })
      if (!response.headersSent)
        sendJson(response, 500, { code: 20500, message: 'The switchboard itself failed; see GET /control/log', status: 500 })
    })
  })
  server.on('upgrade', (request, socket, head) => {
    if (!options.upgrade(request, socket, head)) socket.destroy()
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        taken ? new Error(`Port ${port} on ${host} is in use. Is a switchboard running already? Stop it, or give another --port.`) : error,
      )
    })
    server.listen(port, host, () => resolve(server))
  })
}

async function answer(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { room } = options
  const uri = request.url ?? '/'
  const url = new URL(uri, 'http://switchboard.invalid')
  const { pathname: path } = url
  const body = await readBody(request)
  const method = request.method ?? 'GET'
  if (isRestPath(path)) {
    const form = new URLSearchParams(body.toString('utf8'))
    const reply = await answerRest(room, { method, uri, authorization: request.headers.authorization, form })
    if (reply === 'lost') request.socket.destroy()
    else if ('json' in reply) sendJson(response, reply.status, reply.json)
    else if ('bytes' in reply)
      response.writeHead(200, { 'Content-Type': reply.type, 'Content-Length': reply.bytes.length }).end(reply.bytes)
    else response.writeHead(reply.status).end()
    return
  }
  if (path === '/twimlets/echo')
    return sendEcho(response, url.searchParams.get('Twiml') ?? new URLSearchParams(body.toString('utf8')).get('Twiml'))
  for (const route of options.routes()) {
    const params = route.method === method ? matchPath(route.path, path) : undefined
    if (!params) continue
    const asked = readJson(body)
    if (asked.problem) return sendJson(response, 400, { error: asked.problem })
    const reply = await route.handle({ params, query: url.searchParams, body: asked.value })
    if ('json' in reply) sendJson(response, reply.status, reply.json)
    else response.writeHead(reply.status, { 'Content-Type': reply.type }).end(reply.bytes)
    return
  }
  sendJson(response, 404, { error: `There is nothing at ${method} ${path}.` })
}

/** Stands for https://twimlets.com/echo: answers the TwiML it was given, so that a fallback works while the app is down. */
function sendEcho(response: ServerResponse, twiml: string | null) {
  if (twiml === null) return sendJson(response, 400, { error: 'Parameter Twiml is missing.' })
  response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(twiml)
}

function sendJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function readJson(body: Buffer): { value?: unknown; problem?: string } {
  if (body.length === 0) return {}
  try {
    return { value: JSON.parse(body.toString('utf8')) }
  } catch {
    return { problem: 'The body is no JSON.' }
  }
}
