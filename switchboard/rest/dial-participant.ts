/** `POST Participants`: rings somebody and puts them into the conference when they answer. */
import { isOver } from '../calls/call.ts'
import { ringOut } from '../calls/ring-out.ts'
import type { Conference, Dialled } from '../conferences/conference.ts'
import { runOnLeg } from '../programs/call-program.ts'
import type { Room } from '../room.ts'
import { playInto } from '../sound/source.ts'
import { RINGBACK } from '../sound/tones.ts'
import { CONFERENCE_EVENTS } from '../twiml/verbs.ts'
import { notFound, RestError } from './errors.ts'
import { type Parameters, readParameters } from './parameters.ts'
import { checkParties } from './parties.ts'
import { created, type RestReply, type RestRequest } from './route.ts'
import { showDialled } from './show.ts'

const CREATE = {
  required: ['To', 'From'],
  takes: {
    To: 'text',
    From: 'text',
    Label: 'text',
    Timeout: { range: [5, 600] },
    TimeLimit: { range: [1, 86_400] },
    EarlyMedia: 'flag',
    Muted: 'flag',
    Beep: { one: ['true', 'false', 'onEnter', 'onExit'] },
    StartConferenceOnEnter: 'flag',
    EndConferenceOnExit: 'flag',
    WaitUrl: 'url',
    WaitMethod: 'method',
    MaxParticipants: { range: [2, 250] },
    StatusCallback: 'url',
    StatusCallbackMethod: 'method',
    StatusCallbackEvent: { words: ['initiated', 'ringing', 'answered', 'completed'] },
    ConferenceStatusCallback: 'url',
    ConferenceStatusCallbackMethod: 'method',
    ConferenceStatusCallbackEvent: { words: CONFERENCE_EVENTS },
    ConferenceRecord: { one: ['true', 'false', 'record-from-start', 'do-not-record'] },
    ConferenceTrim: { one: ['trim-silence', 'do-not-trim'] },
    ConferenceRecordingStatusCallback: 'url',
    ConferenceRecordingStatusCallbackMethod: 'method',
    ConferenceRecordingStatusCallbackEvent: { words: ['in-progress', 'completed', 'absent'] },
  },
} as const

export function dialIntoConference({ room, params, uri, input }: RestRequest): RestReply {
  const p = readParameters(input, CREATE)
  const conference = findOrOpen(room, params.conference ?? '', uri, p)
  if (conference.members.size + conference.dialled.size >= conference.maxParticipants) {
    throw new RestError(400, 16020, `Conference ${conference.sid} is full`)
  }
  const { to, from, custom } = checkParties(room, p)
  const { leg, answered } = ringOut(room, {
    to,
    from,
    custom,
    direction: 'outbound-api',
    callback: callback(p, 'StatusCallback', ['completed']),
    timeoutMs: (p.number('Timeout', 60) + 5) * 1000,
  })
  const dialled: Dialled = {
    leg,
    label: p.text('Label'),
    muted: p.flag('Muted', false),
    endOnExit: p.flag('EndConferenceOnExit', false),
    startOnEnter: p.flag('StartConferenceOnEnter', true),
  }
  conference.dialled.set(leg.call.sid, dialled)
  const stopRingback = p.flag('EarlyMedia', true) && !isOver(leg.call) ? ringInto(conference) : () => {}
  const shown = showDialled(room, conference, { ...dialled, leg: { ...leg, call: { ...leg.call, status: 'queued' } } })
  answered.then((yes) => {
    conference.dialled.delete(leg.call.sid)
    stopRingback()
    if (yes) void takeIn(room, conference, dialled, p)
    else room.conferences.tidy(conference)
  })
  return created(shown)
}

/** By sid where it runs, by name where it runs or does not exist yet. */
function findOrOpen(room: Room, nameOrSid: string, uri: string, p: Parameters): Conference {
  const isSid = /^CF[0-9a-f]{32}$/i.test(nameOrSid)
  const running = room.conferences.get(nameOrSid)
  if (isSid && !running) throw notFound(uri)
  if (running?.status === 'completed') throw new RestError(400, 20001, `Conference ${nameOrSid} is over`)
  if (running) return running
  return room.conferences.open(nameOrSid, {
    callback: callback(p, 'ConferenceStatusCallback', []),
    maxParticipants: p.number('MaxParticipants', 250),
  })
}

async function takeIn(room: Room, conference: Conference, dialled: Dialled, p: Parameters) {
  const { leg } = dialled
  await runOnLeg(room, leg, async (stage) => {
    const member =
      conference.status !== 'completed' &&
      room.conferences.join(conference, leg, {
        ...dialled,
        beep: p.text('Beep') ?? 'true',
        waitUrl: p.text('WaitUrl'),
        waitMethod: p.method('WaitMethod'),
        callback: undefined,
        maxParticipants: conference.maxParticipants,
      })
    if (!member) return
    const record = p.text('ConferenceRecord')
    if ((record === 'true' || record === 'record-from-start') && !conference.recording) {
      conference.recording = room.recordings.start({
        conferenceSid: conference.sid,
        source: 'Conference',
        trim: (p.text('ConferenceTrim') ?? 'trim-silence') === 'trim-silence',
        callback: callback(p, 'ConferenceRecordingStatusCallback', ['completed']),
      })
    }
    const cancelTimer = room.clock.after(p.number('TimeLimit', 14_400) * 1000, () => room.legs.end(leg, { status: 'completed' }))
    stage.signal.addEventListener('abort', () => {
      room.conferences.leave(conference, member, leg.over.signal.aborted ? 'participant_hung_up' : 'participant_updated_via_api')
    })
    await member.left
    cancelTimer()
  })
}

/** The others hear it ring. Returns the way to stop. */
function ringInto(conference: Conference): () => void {
  const ringing = new AbortController()
  void playInto(conference.ringback, RINGBACK, ringing.signal, true)
  return () => ringing.abort()
}

function callback(p: Parameters, name: string, fallback: readonly string[]) {
  const url = p.text(name)
  return url ? { url, method: p.method(`${name}Method`), events: p.words(`${name}Event`, fallback) } : undefined
}
