import { readFileSync } from 'node:fs'
import { mixAll } from '../media/mixer.ts'
import type { Room } from '../room.ts'
import type { RecordingFacts } from '../store/records.ts'
import { legOf } from './calls.ts'
import { conferenceOf } from './conferences.ts'
import { notFound, RestError } from './errors.ts'
import { byDate } from './filters.ts'
import { listPage, readFilters } from './paging.ts'
import { readParameters } from './parameters.ts'
import { created, gone, ok, type RestReply, type RestRequest, type RestRoute } from './route.ts'
import { type RecordingView, showRecording } from './show.ts'

const DATES = { DateCreated: 'text', 'DateCreated<': 'text', 'DateCreated>': 'text' } as const

export const RECORDING_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: '/Recordings.json',
    handle: (request) => list(request, { ...DATES, CallSid: 'text', ConferenceSid: 'text' }, 'account'),
  },
  {
    method: 'GET',
    path: '/Recordings/:sid.json',
    handle: ({ room, params, uri }) => ok(showRecording(room, recordingOf(room, params.sid, uri), 'account')),
  },
  { method: 'GET', path: '/Recordings/:sid.wav', handle: sendSound },
  {
    method: 'GET',
    path: '/Recordings/:sid.mp3',
    handle() {
      throw new RestError(400, 20001, 'This switchboard keeps recordings as WAV only; ask for .wav in place of .mp3')
    },
  },
  // Twilio answers the address without an ending with WAV too.
  { method: 'GET', path: '/Recordings/:sid', handle: sendSound },
  { method: 'DELETE', path: '/Recordings/:sid.json', handle: remove },
  {
    method: 'GET',
    path: '/Calls/:call/Recordings.json',
    handle(request) {
      legOf(request.room, request.params.call, request.uri)
      return list(request, DATES, 'call')
    },
  },
  { method: 'POST', path: '/Calls/:call/Recordings.json', handle: startOnCall },
  {
    method: 'GET',
    path: '/Calls/:call/Recordings/:sid.json',
    handle: ({ room, params, uri }) => ok(showRecording(room, recordingOf(room, params.sid, uri), 'call')),
  },
  { method: 'POST', path: '/Calls/:call/Recordings/:sid.json', handle: update },
  { method: 'DELETE', path: '/Calls/:call/Recordings/:sid.json', handle: remove },
  {
    method: 'GET',
    path: '/Conferences/:conference/Recordings.json',
    handle(request) {
      conferenceOf(request.room, request.params.conference, request.uri)
      return list(request, DATES, 'conference')
    },
  },
  { method: 'POST', path: '/Conferences/:conference/Recordings/:sid.json', handle: update },
]

function list(request: RestRequest, takes: Parameters<typeof readFilters>[1], view: RecordingView): RestReply {
  const { room, params } = request
  const p = readFilters(request, takes)
  const callSid = params.call ?? p.text('CallSid')
  const conferenceSid = params.conference ?? p.text('ConferenceSid')
  const wanted = (facts: RecordingFacts) =>
    (!callSid || facts.callSid === callSid) &&
    (!conferenceSid || facts.conferenceSid === conferenceSid) &&
    byDate(p, 'DateCreated', facts.createdAt)
  return listPage(request, 'recordings', room.recordings.list().filter(wanted).reverse(), (facts) => showRecording(room, facts, view))
}

function recordingOf(room: Room, sid: string | undefined, uri: string): RecordingFacts {
  const facts = room.recordings.get(sid ?? '')
  if (!facts) throw notFound(uri)
  return facts
}

function sendSound({ room, params, uri, input }: RestRequest): RestReply {
  readParameters(input, { takes: { RequestedChannels: { one: ['1'] } } })
  const file = room.recordings.fileOf(recordingOf(room, params.sid, uri).sid)
  if (!file) throw notFound(uri)
  return { status: 200, bytes: readFileSync(file), type: 'audio/x-wav' }
}

function remove({ room, params, uri }: RestRequest): RestReply {
  const facts = recordingOf(room, params.sid, uri)
  if (room.recordings.active(facts.sid)) throw new RestError(400, 21245, `Recording ${facts.sid} is still going on`)
  room.recordings.remove(facts.sid)
  return gone
}

/** Pause, resume, stop. The sid may be `Twilio.CURRENT`. */
function update({ room, params, uri, input }: RestRequest): RestReply {
  const p = readParameters(input, {
    required: ['Status'],
    takes: { Status: { one: ['paused', 'in-progress', 'stopped'] }, PauseBehavior: { one: ['skip', 'silence'] } },
  })
  if (p.text('PauseBehavior') === 'silence')
    throw new RestError(400, 20001, 'PauseBehavior silence is not carried by this switchboard; a pause is skipped')
  const current = (facts: RecordingFacts) =>
    room.recordings.active(facts.sid) && (facts.callSid === params.call || facts.conferenceSid === params.conference)
  const facts = params.sid === 'Twilio.CURRENT' ? room.recordings.list().find(current) : recordingOf(room, params.sid, uri)
  const active = facts && room.recordings.active(facts.sid)
  if (!active) throw new RestError(404, 21220, `There is no recording going on at ${uri}`)
  const status = p.text('Status')
  if (status === 'paused') active.pause()
  else if (status === 'in-progress') active.resume()
  else active.stop()
  return ok(showRecording(room, active.facts, params.conference ? 'conference' : 'call'))
}

function startOnCall({ room, params, uri, input }: RestRequest): RestReply {
  const leg = legOf(room, params.call, uri)
  const p = readParameters(input, {
    takes: {
      RecordingStatusCallback: 'url',
      RecordingStatusCallbackMethod: 'method',
      RecordingStatusCallbackEvent: { words: ['in-progress', 'completed', 'absent'] },
      RecordingChannels: { one: ['mono'] },
      Trim: { one: ['trim-silence', 'do-not-trim'] },
    },
  })
  if (leg.call.status !== 'in-progress') throw new RestError(400, 21220, `Call is ${leg.call.status}. Cannot record.`)
  const url = p.text('RecordingStatusCallback')
  const recording = room.recordings.start({
    callSid: leg.call.sid,
    source: 'StartCallRecordingAPI',
    trim: p.text('Trim') === 'trim-silence',
    callback: url
      ? { url, method: p.method('RecordingStatusCallbackMethod'), events: p.words('RecordingStatusCallbackEvent', ['completed']) }
      : undefined,
  })
  leg.taps.add((heard, told) => recording.append(mixAll([heard, told])))
  leg.over.signal.addEventListener('abort', () => recording.stop(), { once: true })
  return created(showRecording(room, recording.facts, 'call'))
}
