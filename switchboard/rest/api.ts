/** `/2010-04-01/…`, and what Twilio has at pricing. and numbers.twilio.com: who may ask, which resource answers, and how refusals look. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { rfc2822 } from '../calls/fields.ts'
import type { FaultRule } from '../faults/faults.ts'
import type { Room } from '../room.ts'
import { ADDRESS_ROUTES } from './addresses.ts'
import { APPLICATION_ROUTES } from './applications.ts'
import { AVAILABLE_ROUTES } from './available-numbers.ts'
import { CALL_ROUTES } from './calls.ts'
import { CONFERENCE_ROUTES } from './conferences.ts'
import { errorBody, notFound, RestError } from './errors.ts'
import { NUMBER_ROUTES } from './numbers.ts'
import { PARTICIPANT_ROUTES } from './participants.ts'
import { matchPath } from './path.ts'
import { PRICING_ROUTES } from './pricing.ts'
import { RECORDING_ROUTES } from './recordings.ts'
import { REGULATORY_ROUTES } from './regulatory.ts'
import { ok, type RestReply, type RestRoute } from './route.ts'

const ROUTES: RestRoute[] = [
  ...CALL_ROUTES,
  ...CONFERENCE_ROUTES,
  ...PARTICIPANT_ROUTES,
  ...RECORDING_ROUTES,
  ...NUMBER_ROUTES,
  ...AVAILABLE_ROUTES,
  ...APPLICATION_ROUTES,
  ...ADDRESS_ROUTES,
]

/** Resources of other hosts of Twilio's: their paths are whole, and tell them apart. */
const OTHER_HOSTS: RestRoute[] = [...PRICING_ROUTES, ...REGULATORY_ROUTES]

export const isRestPath = (path: string) => /^\/(2010-04-01|v1\/PhoneNumbers|v2\/RegulatoryCompliance)\//.test(path)

export interface RestAsk {
  method: string
  /** Path and query. */
  uri: string
  authorization?: string
  form: URLSearchParams
}

/** 'lost' where a fault rule swallowed the request, or its answer: the connection is to be cut without an answer. */
export async function answerRest(room: Room, ask: RestAsk): Promise<RestReply | 'lost'> {
  const [path = '', query] = ask.uri.split('?')
  try {
    const fault = room.faults.take({ kind: 'rest', path, method: ask.method })
    if (fault) {
      room.log.add({ kind: 'fault', text: `fault ${fault.id} (${fault.do}) strikes ${ask.method} ${path}` })
      if (fault.do === 'drop') return 'lost'
      if (fault.do === 'delay') await room.clock.wait(fault.ms)
      if (fault.do === 'status') throw spoiled(fault)
    }
    checkCredentials(room, ask.authorization)
    const reply = await dispatch(room, ask, path, query)
    room.log.add({ kind: 'rest', text: `${ask.method} ${ask.uri} → ${reply.status}`, status: reply.status })
    return fault?.do === 'lose-answer' ? 'lost' : reply
  } catch (error) {
    if (!(error instanceof RestError)) throw error
    room.log.add({
      kind: 'rest',
      text: `${ask.method} ${ask.uri} → ${error.status} ${error.code} ${error.message}`,
      status: error.status,
      code: error.code,
    })
    return { status: error.status, json: errorBody(error) }
  }
}

function spoiled({ status, code }: FaultRule): RestError {
  if (code !== undefined) return new RestError(status, code, `Refused by a fault rule with ${code}`)
  return status === 429
    ? new RestError(429, 20429, 'Too Many Requests')
    : new RestError(status, 20500, 'An internal server error has occurred')
}

function dispatch(room: Room, ask: RestAsk, path: string, query: string | undefined): RestReply | Promise<RestReply> {
  const { accountSid } = room.store.data
  if (ask.method === 'GET' && path === `/2010-04-01/Accounts/${accountSid}.json`) return ok(showAccount(room))
  const other = find(OTHER_HOSTS, ask, path)
  if (other) return other.route.handle({ room, params: other.params, input: new URLSearchParams(query), uri: ask.uri })
  const base = `/2010-04-01/Accounts/${accountSid}`
  if (!path.startsWith(`${base}/`)) throw notFound(path)
  const rest = path.slice(base.length)
  const found = find(ROUTES, ask, rest)
  if (found) {
    const input = ask.method === 'GET' ? new URLSearchParams(query) : ask.form
    return found.route.handle({ room, params: found.params, input, uri: ask.uri })
  }
  if (ROUTES.some((route) => matchPath(route.path, rest))) throw new RestError(405, 20004, `Method ${ask.method} not allowed on ${path}`)
  throw notFound(path)
}

function find(routes: readonly RestRoute[], ask: RestAsk, path: string) {
  for (const route of routes) {
    const params = route.method === ask.method ? matchPath(route.path, path) : undefined
    if (params) return { route, params }
  }
  return undefined
}

/** Account sid and auth token, or API key and secret. Compared in constant time. */
function checkCredentials(room: Room, authorization: string | undefined) {
  const { accountSid, authToken, apiKey, apiSecret } = room.store.data
  const given = Buffer.from(/^Basic (.+)$/i.exec(authorization ?? '')?.[1] ?? '', 'base64').toString('utf8')
  const valid = [`${accountSid}:${authToken}`, `${apiKey}:${apiSecret}`].map((known) => sameText(known, given))
  if (!valid.includes(true)) throw new RestError(401, 20003, 'Authenticate')
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function showAccount(room: Room) {
  const { accountSid, createdAt, authToken } = room.store.data
  const uri = `/2010-04-01/Accounts/${accountSid}`
  const names = ['Calls', 'Conferences', 'Recordings', 'IncomingPhoneNumbers', 'AvailablePhoneNumbers', 'Applications', 'Addresses']
  return {
    sid: accountSid,
    auth_token: authToken,
    friendly_name: 'Local switchboard',
    owner_account_sid: accountSid,
    status: 'active',
    type: 'Full',
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(createdAt),
    uri: `${uri}.json`,
    subresource_uris: Object.fromEntries(names.map((name) => [name.toLowerCase(), `${uri}/${name}.json`])),
  }
}
