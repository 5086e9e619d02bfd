/** An exchange with a clock of its own, an app that answers its webhooks, and far ends made of tones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import twilio from 'twilio'
import { createExchange } from '../../switchboard/calls/inbound.ts'
import { createClock } from '../../switchboard/clock/clock.ts'
import { controlRoutes } from '../../switchboard/control/control-routes.ts'
import type { Line, LineEnd, LineFinder, RingingLine } from '../../switchboard/exchange.ts'
import { startHttp } from '../../switchboard/http/server.ts'
import { toneDbfs } from '../../switchboard/media/measure.ts'
import type { Frame } from '../../switchboard/media/port.ts'
import { joinSamples, makeTone } from '../../switchboard/media/tone.ts'
import { openRoom } from '../../switchboard/open-room.ts'

/** One request that the app got; `valid` says whether Twilio's own library accepts its signature. */
export interface Asked {
  path: string
  url: string
  method: string
  fields: Record<string, string>
  headers: IncomingMessage['headers']
  valid: boolean
}

type Reply = string | { status?: number; type?: string; body?: string | Uint8Array; location?: string } | 'hang'
type Handler = (asked: Asked) => Reply

export type World = Awaited<ReturnType<typeof openWorld>>

export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'))
  const app = await openApp(() => room.store.data.authToken)
  const ringable = new Map<string, (leg: { callSid: string; custom: Record<string, string> }) => RingingLine>()
  const finder: LineFinder = { ring: (to, leg) => ringable.get(to)?.(leg) }
  const printed: string[] = []
  let baseUrl = ''
  const clock = createClock({ manual: true })
  const room = openRoom({ dataFolder: folder, print: (line) => printed.push(line), finder: () => finder, baseUrl: () => baseUrl, clock })
  const http = await startHttp({ room, host: '127.0.0.1', port: 0, routes: () => controlRoutes(room, () => ({})), upgrade: () => false })
  baseUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const { accountSid, authToken } = room.store.data

  return {
    room,
    clock,
    app,
    printed,
    baseUrl,
    exchange: createExchange(room),
    client: twilio(accountSid, authToken, { httpClient: redirectedTo(baseUrl) }),
    /** Buys the first number and points it at the app. */
    async buyNumber(settings: Record<string, string> = {}): Promise<string> {
      const [first] = await this.client.availablePhoneNumbers('PL').local.list({ limit: 1 })
      const phoneNumber = first?.phoneNumber ?? ''
      await this.client.incomingPhoneNumbers.create({ phoneNumber, voiceUrl: `${app.url}/voice`, ...settings })
      return phoneNumber
    },
    /** Whoever is rung at `to` answers with this line at once. */
    answersAt(to: string, line: FakeLine) {
      ringable.set(to, () => ({ outcome: Promise.resolve({ line }), cancel() {} }))
    },
    /** Rings for ever at `to`. */
    ringsAt(to: string) {
      ringable.set(to, () => {
        const { promise, resolve } = Promise.withResolvers<{ end: LineEnd }>()
        return { outcome: promise, cancel: () => resolve({ end: { status: 'canceled' } }) }
      })
    },
    /** Time with voice in it. */
    listen: (ms: number) => clock.advance(ms, true),
    skip: (ms: number) => clock.advance(ms),
    async close() {
      for (const leg of room.legs.all()) room.legs.end(leg, { status: 'failed' })
      clock.stop()
      http.closeAllConnections()
      http.close()
      app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `twilio` with its base address redirected, as the companion does it. */
export function redirectedTo(baseUrl: string) {
  const client = new twilio.RequestClient()
  const request = client.request.bind(client)
  client.request = (options) => request({ ...options, uri: options.uri.replace('https://api.twilio.com', baseUrl) })
  return client
}

async function openApp(authToken: () => string) {
  const handlers = new Map<string, Handler>()
  const asked: Asked[] = []
  const hanging: ServerResponse[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const url = `http://${request.headers.host}${request.url}`
    const path = new URL(url).pathname
    const posted = Object.fromEntries(new URLSearchParams(body))
    const signature = String(request.headers['x-twilio-signature'] ?? '')
    const one: Asked = {
      path,
      url,
      method: request.method ?? '',
      fields: { ...Object.fromEntries(new URL(url).searchParams), ...posted },
      headers: request.headers,
      valid: twilio.validateRequest(authToken(), signature, url, posted),
    }
    asked.push(one)
    const reply = handlers.get(path)?.(one) ?? { status: 404 }
    if (reply === 'hang') hanging.push(response)
    else if (typeof reply === 'string') response.writeHead(200, { 'Content-Type': 'text/xml' }).end(reply)
    else {
      const headers = { 'Content-Type': reply.type ?? 'text/xml', ...(reply.location ? { Location: reply.location } : {}) }
      response.writeHead(reply.status ?? 200, headers).end(reply.body ?? '')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** Requests to one path. */
    at: (path: string) => asked.filter((one) => one.path === path),
    on(path: string, reply: Reply | Handler) {
      handlers.set(path, typeof reply === 'function' ? reply : () => reply)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A far end that sends a tone without end and keeps what it hears. */
export interface FakeLine extends Line {
  readonly heard: Frame[]
  readonly signals: string[]
  ending?: LineEnd
  /** Level in dBFS of a frequency in the last 400 ms that it heard. */
  hears(hz: number): number
  /** Level of the last 400 ms, any frequency summed to its peak sample. */
  peak(): number
  press(digit: string): void
  hangUp(): void
  /** Sends this from now on; 0 is silence. */
  send(hz: number): void
}

export function fakeLine(hz: number): FakeLine {
  let tone = hz === 0 ? undefined : makeTone(hz, 1000)
  let at = 0
  let onDigit = (_: string) => {}
  let onHangUp = () => {}
  const heard: Frame[] = []
  const signals: string[] = []
  const recent = () => joinSamples(heard.slice(-20))
  const line: FakeLine = {
    heard,
    signals,
    port: {
      read() {
        if (!tone) return null
        const frame = tone.slice(at, at + 160)
        at = (at + 160) % tone.length
        return frame
      },
      write: (frame) => heard.push(frame),
      close() {},
    },
    ringing: () => signals.push('ringing'),
    answered: () => signals.push('answered'),
    ended(end) {
      signals.push('ended')
      line.ending = end
    },
    sendDigits: (digits) => signals.push(`digits ${digits}`),
    onDigit(listener) {
      onDigit = listener
    },
    onHangUp(listener) {
      onHangUp = listener
    },
    hears: (frequency) => toneDbfs(recent(), frequency),
    peak: () => recent().reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
    press: (digit) => onDigit(digit),
    hangUp: () => onHangUp(),
    send(frequency) {
      tone = frequency === 0 ? undefined : makeTone(frequency, 1000)
    },
  }
  return line
}

export const twiml = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`
