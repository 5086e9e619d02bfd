import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Clock } from '../clock/clock.ts'

/** One HTTP exchange as it went. `failure` says how far it came: no connection, no answer in time, too many bytes. */
export type HttpOutcome =
  | { status: number; contentType: string; location?: string; body: Buffer }
  | { failure: 'ct' | 'rt' | 'size' | 'host'; message: string }

export interface HttpAttempt {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  /** Form-encoded; only for POST. */
  body?: string
  connectMs: number
  readMs: number
}

const TWIML_BYTES = 64 * 1024
const SOUND_BYTES = 40 * 1024 * 1024

/** A document is small at Twilio (error 11750); sound may come in its place, and is not. */
const mostBytes = (contentType: string): number => (contentType.startsWith('audio/') ? SOUND_BYTES : TWIML_BYTES)

/** Sends one request; never rejects. Both time-outs run on the exchange's clock, so that a test can move past them. */
export function sendHttp(clock: Clock, attempt: HttpAttempt): Promise<HttpOutcome> {
  return new Promise((resolve) => {
    const send = attempt.url.startsWith('https:') ? httpsRequest : httpRequest
    let cancelTimer = clock.after(attempt.connectMs, () =>
      finish({ failure: 'ct', message: `no connection within ${attempt.connectMs} ms` }),
    )
    const request = send(attempt.url, { method: attempt.method, headers: attempt.headers, agent: false }, receive)

    function finish(outcome: HttpOutcome) {
      cancelTimer()
      resolve(outcome)
      request.destroy()
    }

    function awaitAnswer() {
      cancelTimer()
      cancelTimer = clock.after(attempt.readMs, () => finish({ failure: 'rt', message: `no answer within ${attempt.readMs} ms` }))
    }

    function receive(response: IncomingMessage) {
      const { location, 'content-type': contentType = '' } = response.headers
      const most = mostBytes(contentType)
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        parts.push(part)
        size += part.length
        if (size > most) finish({ failure: 'size', message: `the answer is larger than ${most} bytes` })
      })
      response.on('end', () => {
        finish({ status: response.statusCode ?? 0, contentType, location, body: Buffer.concat(parts) })
      })
      response.on('error', (error) => finish({ failure: 'rt', message: error.message }))
    }

    request.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', awaitAnswer)
      else awaitAnswer()
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const host = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN'
      finish({ failure: host ? 'host' : error.code === 'ECONNRESET' ? 'rt' : 'ct', message: error.message })
    })
    request.end(attempt.body)
  })
}
