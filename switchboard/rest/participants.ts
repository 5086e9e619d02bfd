import { announce } from '../conferences/announce.ts'
import type { Conference, Dialled } from '../conferences/conference.ts'
import type { Member } from '../conferences/member.ts'
import type { Room } from '../room.ts'
import { conferenceOf } from './conferences.ts'
import { dialIntoConference } from './dial-participant.ts'
import { notFound, RestError } from './errors.ts'
import { listPage, readFilters } from './paging.ts'
import { readParameters } from './parameters.ts'
import { gone, ok, type RestRequest, type RestRoute } from './route.ts'
import { showDialled, showMember } from './show.ts'

const PATH = '/Conferences/:conference/Participants'
const UPDATE = {
  takes: {
    Muted: 'flag',
    Hold: 'flag',
    HoldUrl: 'url',
    HoldMethod: 'method',
    AnnounceUrl: 'url',
    AnnounceMethod: 'method',
    EndConferenceOnExit: 'flag',
    BeepOnExit: 'flag',
    WaitUrl: 'url',
    WaitMethod: 'method',
  },
} as const

export const PARTICIPANT_ROUTES: RestRoute[] = [
  { method: 'POST', path: `${PATH}.json`, handle: dialIntoConference },
  {
    method: 'GET',
    path: `${PATH}.json`,
    handle(request) {
      const { room, params, uri } = request
      const conference = conferenceOf(room, params.conference, uri)
      const p = readFilters(request, { Muted: 'flag', Hold: 'flag', Coaching: 'flag' })
      const isWanted = (of: { muted: boolean; hold: boolean }) =>
        (!p.has('Muted') || p.flag('Muted', false) === of.muted) &&
        (!p.has('Hold') || p.flag('Hold', false) === of.hold) &&
        (!p.has('Coaching') || !p.flag('Coaching', false))
      const members = [...conference.members.values()].map((member) => showMember(room, conference, member))
      const dialled = [...conference.dialled.values()].map((one) => showDialled(room, conference, one))
      return listPage(request, 'participants', [...members, ...dialled].filter(isWanted), (shown) => shown)
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:participant.json`,
    handle: (request) => ok(showFound(request.room, find(request))),
  },
  {
    method: 'POST',
    path: `${PATH}/:participant.json`,
    handle(request) {
      const { room, input } = request
      const p = readParameters(input, UPDATE)
      const found = find(request)
      if (!('member' in found)) throw new RestError(404, 20404, 'The participant has not answered yet')
      const { conference, member } = found
      if (p.has('EndConferenceOnExit')) member.endOnExit = p.flag('EndConferenceOnExit', false)
      if (p.has('BeepOnExit')) member.beep = p.flag('BeepOnExit', false) ? 'onExit' : 'false'
      if (p.has('WaitUrl')) member.waitUrl = p.text('WaitUrl')
      if (p.has('WaitMethod')) member.waitMethod = p.method('WaitMethod')
      if (p.has('Muted')) room.conferences.setMuted(conference, member, p.flag('Muted', false))
      if (p.has('Hold')) room.conferences.setHold(conference, member, p.flag('Hold', false), p.text('HoldUrl'), p.method('HoldMethod'))
      const announceUrl = p.text('AnnounceUrl')
      if (announceUrl) void announce(room, conference, announceUrl, p.method('AnnounceMethod'), member)
      if (p.has('EndConferenceOnExit') || p.has('BeepOnExit')) room.conferences.tell(conference, 'participant-modify', { member })
      return ok(showMember(room, conference, member))
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:participant.json`,
    handle(request) {
      const found = find(request)
      const { room } = request
      if ('member' in found) room.conferences.leave(found.conference, found.member, 'participant_kicked_via_api')
      else room.legs.end(found.dialled.leg, { status: 'canceled' })
      return gone
    },
  },
]

type Found = { conference: Conference } & ({ member: Member } | { dialled: Dialled })

/** By CallSid or by label. */
function find({ room, params, uri }: RestRequest): Found {
  const conference = conferenceOf(room, params.conference, uri)
  const wanted = params.participant ?? ''
  const matches = (of: Member | Dialled) => of.leg.call.sid === wanted || of.label === wanted
  const member = [...conference.members.values()].find(matches)
  if (member) return { conference, member }
  const dialled = [...conference.dialled.values()].find(matches)
  if (dialled) return { conference, dialled }
  throw notFound(uri)
}

const showFound = (room: Room, found: Found) =>
  'member' in found ? showMember(room, found.conference, found.member) : showDialled(room, found.conference, found.dialled)
