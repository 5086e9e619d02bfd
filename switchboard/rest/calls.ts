import type { Call } from '../calls/call.ts'
import { isOver } from '../calls/call.ts'
import { asMethod } from '../calls/inbound.ts'
import { ringOut } from '../calls/ring-out.ts'
import { runCall } from '../programs/call-program.ts'
import type { DocumentSource, Fallback } from '../programs/stage.ts'
import type { Room } from '../room.ts'
import { invalid, missing, notFound, RestError } from './errors.ts'
import { byDate } from './filters.ts'
import { listPage, readFilters } from './paging.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { checkParties } from './parties.ts'
import { created, gone, ok, type RestRoute } from './route.ts'
import { showCall } from './show.ts'

const STATUSES = ['queued', 'ringing', 'in-progress', 'completed', 'busy', 'failed', 'no-answer', 'canceled']
const EVENTS = ['initiated', 'ringing', 'answered', 'completed']

const DOCUMENT = { Url: 'url', Method: 'method', FallbackUrl: 'url', FallbackMethod: 'method', Twiml: 'text' } as const
const CALLBACK = { StatusCallback: 'url', StatusCallbackMethod: 'method' } as const
const CREATE = {
  required: ['To', 'From'],
  takes: {
    ...DOCUMENT,
    ...CALLBACK,
    To: 'text',
    From: 'text',
    ApplicationSid: 'text',
    StatusCallbackEvent: { words: EVENTS },
    SendDigits: 'text',
    Timeout: { range: [5, 600] },
    TimeLimit: { range: [1, 86_400] },
  },
} as const
const UPDATE = {
  takes: { ...DOCUMENT, ...CALLBACK, Status: { one: ['canceled', 'completed'] }, TimeLimit: { range: [1, 86_400] } },
} as const

export const CALL_ROUTES: RestRoute[] = [
  {
    method: 'POST',
    path: '/Calls.json',
    handle({ room, input }) {
      const p = readParameters(input, CREATE)
      const source = documentOf(room, p)
      if (!source) throw missing('Url, Twiml or ApplicationSid', 21205)
      const { to, from, custom } = checkParties(room, p)
      const { leg, answered } = ringOut(room, {
        to,
        from,
        custom,
        direction: 'outbound-api',
        callback: p.text('StatusCallback')
          ? {
              url: p.text('StatusCallback') ?? '',
              method: p.method('StatusCallbackMethod'),
              events: p.words('StatusCallbackEvent', ['completed']),
            }
          : undefined,
        // Twilio lets it ring up to five seconds longer than asked.
        timeoutMs: (p.number('Timeout', 60) + 5) * 1000,
      })
      const asked = showCall(room, { ...leg.call, status: 'queued', endedAt: undefined })
      answered.then((yes) => {
        if (!yes) return
        limitTime(room, leg.call.sid, p)
        const digits = p.text('SendDigits')
        if (digits) leg.line?.sendDigits(digits)
        void runCall(room, leg, source, fallbackIn(p))
      })
      return created(asked)
    },
  },
  {
    method: 'GET',
    path: '/Calls.json',
    handle(request) {
      const { room } = request
      const p = readFilters(request, {
        To: 'text',
        From: 'text',
        ParentCallSid: 'text',
        Status: { one: STATUSES },
        StartTime: 'text',
        'StartTime<': 'text',
        'StartTime>': 'text',
        EndTime: 'text',
        'EndTime<': 'text',
        'EndTime>': 'text',
      })
      const wanted = (call: Call) =>
        same(p, 'To', call.to) &&
        same(p, 'From', call.from) &&
        same(p, 'ParentCallSid', call.parentCallSid) &&
        same(p, 'Status', call.status) &&
        byDate(p, 'StartTime', call.startedAt ?? call.createdAt) &&
        byDate(p, 'EndTime', call.endedAt)
      const calls = room.legs.all().map(({ call }) => call)
      return listPage(request, 'calls', calls.filter(wanted).reverse(), (call) => showCall(room, call))
    },
  },
  {
    method: 'GET',
    path: '/Calls/:sid.json',
    handle: ({ room, params, uri }) => ok(showCall(room, legOf(room, params.sid, uri).call)),
  },
  {
    method: 'POST',
    path: '/Calls/:sid.json',
    handle({ room, params, uri, input }) {
      const leg = legOf(room, params.sid, uri)
      const p = readParameters(input, UPDATE)
      const source = documentOf(room, p)
      const status = p.text('Status')
      if (status && source) throw invalid('Status', status, 'cannot stand beside Url or Twiml')
      if (p.text('StatusCallback')) {
        leg.call.callback = { url: p.text('StatusCallback') ?? '', method: p.method('StatusCallbackMethod'), events: ['completed'] }
      }
      if (status) endCall(room, leg.call, status)
      if (source) {
        if (leg.call.status !== 'in-progress')
          throw new RestError(400, 21220, `Call is not in-progress. Cannot redirect. (${leg.call.status})`)
        room.log.add({ kind: 'rest', callSid: leg.call.sid, text: `redirected to ${source.kind === 'url' ? source.url : 'given TwiML'}` })
        void runCall(room, leg, source, fallbackIn(p))
      }
      limitTime(room, leg.call.sid, p)
      return ok(showCall(room, leg.call))
    },
  },
  {
    method: 'DELETE',
    path: '/Calls/:sid.json',
    handle({ room, params, uri }) {
      const { call } = legOf(room, params.sid, uri)
      if (!isOver(call)) throw new RestError(400, 20409, `Call ${call.sid} is ${call.status}; only a call that is over can be deleted`)
      room.legs.forget(call.sid)
      return gone
    },
  },
]

const same = (p: Parameters, name: string, value: string | undefined) => !p.has(name) || p.text(name) === value

export function legOf(room: Room, sid: string | undefined, uri: string) {
  const leg = room.legs.get(sid ?? '')
  if (!leg) throw notFound(uri)
  return leg
}

/** `completed` ends it in any state, `canceled` only one that is not answered; over is 21220. */
function endCall(room: Room, call: Call, status: string) {
  const leg = room.legs.get(call.sid)
  if (!leg || isOver(call)) throw new RestError(400, 21220, `Call is ${call.status} already. Cannot be ended.`)
  if (status === 'canceled' && call.startedAt !== undefined) throw new RestError(400, 21220, 'Call is in-progress. Cannot be canceled.')
  room.legs.end(leg, { status: call.startedAt === undefined ? 'canceled' : 'completed' })
}

function limitTime(room: Room, callSid: string, p: Parameters) {
  const leg = room.legs.get(callSid)
  if (!leg || !p.has('TimeLimit')) return
  const cancel = room.clock.after(p.number('TimeLimit', 0) * 1000, () => room.legs.end(leg, { status: 'completed' }))
  leg.over.signal.addEventListener('abort', cancel, { once: true })
}

/** Characters of a document that comes with the request. */
const MOST_TWIML = 4000

function documentOf(room: Room, p: Parameters): DocumentSource | undefined {
  const twiml = p.text('Twiml')
  if (twiml && twiml.length > MOST_TWIML)
    throw new RestError(400, 32018, `Twiml size exceeded maximum allowed value of ${MOST_TWIML} characters`)
  if (twiml) return { kind: 'twiml', text: twiml }
  const application = p.text('ApplicationSid')
  if (application) {
    const settings = room.store.data.applications.find(({ sid }) => sid === application)?.settings
    if (!settings?.VoiceUrl) throw new RestError(400, 21218, `Invalid ApplicationSid ${application}`)
    return { kind: 'url', url: settings.VoiceUrl, method: asMethod(settings.VoiceMethod), event: 'voice' }
  }
  const url = p.text('Url')
  return url ? { kind: 'url', url, method: p.method('Method'), event: 'voice' } : undefined
}

function fallbackIn(p: Parameters): Fallback | undefined {
  const url = p.text('FallbackUrl')
  return url ? { url, method: p.method('FallbackMethod') } : undefined
}
