import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import { type HttpOutcome, sendHttp } from './http-request.ts'
import { type Connection, readConnection } from './overrides.ts'
import { signWebhook } from './signature.ts'

export type HttpMethod = 'GET' | 'POST'

/** A webhook as a verb or a REST call describes it. */
export interface WebhookRequest {
  url: string
  method: HttpMethod
  fields: Record<string, string>
}

/** The document or media that came back, or Twilio's error code and words. `url` is where it was found after redirects. */
export type WebhookAnswer =
  | { ok: true; url: string; status: number; contentType: string; body: Buffer }
  | { ok: false; code: number; message: string; status?: number }

const MOST_REDIRECTS = 10

/** Sends a signed webhook with its retries and redirects. Never rejects. */
export async function deliver(clock: Clock, authToken: string, request: WebhookRequest): Promise<WebhookAnswer> {
  let connection: Connection
  try {
    connection = readConnection(request.url)
    new URL(connection.url)
  } catch (error) {
    return { ok: false, code: 11100, message: `Invalid URL ${request.url}: ${error instanceof Error ? error.message : error}` }
  }
  const token = randomUUID()
  const deadline = clock.now() + connection.totalMs
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await follow(clock, authToken, request, connection, token, deadline)
    if (outcome.answer.ok || attempt >= connection.retries || clock.now() >= deadline) return outcome.answer
    if (!outcome.reason || !connection.retryOn.has(outcome.reason)) return outcome.answer
  }
}

interface Followed {
  answer: WebhookAnswer
  /** Which retry policy covers this failure. */
  reason?: 'ct' | 'rt' | '4xx' | '5xx'
}

async function follow(
  clock: Clock,
  authToken: string,
  request: WebhookRequest,
  connection: Connection,
  token: string,
  deadline: number,
): Promise<Followed> {
  let { method } = request
  let url = method === 'GET' ? withQuery(connection.url, request.fields) : connection.url
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const left = Math.max(20, deadline - clock.now())
    const fields = method === 'POST' ? request.fields : {}
    const outcome = await sendHttp(clock, {
      url,
      method,
      headers: headersFor(method, signWebhook(authToken, url, fields), token),
      body: method === 'POST' ? new URLSearchParams(fields).toString() : undefined,
      connectMs: Math.min(connection.connectMs, left),
      readMs: Math.min(connection.readMs, left),
    })
    const moved = 'status' in outcome && outcome.status >= 300 && outcome.status < 400 && outcome.location
    if (!moved) return judge(outcome, url)
    url = new URL(moved, url).toString()
    if ('status' in outcome && outcome.status !== 307 && outcome.status !== 308) method = 'GET'
  }
  return { answer: { ok: false, code: 11215, message: `Too many redirects at ${url}` } }
}

function judge(outcome: HttpOutcome, url: string): Followed {
  if ('failure' in outcome) {
    const code = { ct: 11205, rt: 11205, host: 11210, size: 11750 }[outcome.failure]
    const reason = outcome.failure === 'ct' || outcome.failure === 'rt' ? outcome.failure : undefined
    return { answer: { ok: false, code, message: `${url}: ${outcome.message}` }, reason }
  }
  const { status, contentType, body } = outcome
  if (status >= 200 && status < 300) return { answer: { ok: true, url, status, contentType, body } }
  const reason = status >= 500 ? '5xx' : '4xx'
  return { answer: { ok: false, code: 11200, message: `${url} answered with HTTP status ${status}`, status }, reason }
}

function headersFor(method: HttpMethod, signature: string, token: string): Record<string, string> {
  return {
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
    'Cache-Control': 'max-age=259200',
    'X-Twilio-Signature': signature,
    'I-Twilio-Idempotency-Token': token,
    ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
  }
}

function withQuery(url: string, fields: Record<string, string>): string {
  const query = new URLSearchParams(fields).toString()
  if (!query) return url
  return url + (url.includes('?') ? '&' : '?') + query
}
