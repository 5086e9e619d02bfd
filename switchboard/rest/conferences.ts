import { announce } from '../conferences/announce.ts'
import type { Conference } from '../conferences/conference.ts'
import type { Room } from '../room.ts'
import { notFound, RestError } from './errors.ts'
import { byDate } from './filters.ts'
import { listPage, readFilters } from './paging.ts'
import { readParameters } from './parameters.ts'
import { ok, type RestRoute } from './route.ts'
import { showConference } from './show.ts'

export const CONFERENCE_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: '/Conferences.json',
    handle(request) {
      const { room } = request
      const dates = {
        DateCreated: 'text',
        'DateCreated<': 'text',
        'DateCreated>': 'text',
        DateUpdated: 'text',
        'DateUpdated<': 'text',
        'DateUpdated>': 'text',
      } as const
      const p = readFilters(request, { ...dates, FriendlyName: 'text', Status: { one: ['init', 'in-progress', 'completed'] } })
      const wanted = (conference: Conference) =>
        (!p.has('FriendlyName') || p.text('FriendlyName') === conference.name) &&
        (!p.has('Status') || p.text('Status') === conference.status) &&
        byDate(p, 'DateCreated', conference.createdAt) &&
        byDate(p, 'DateUpdated', conference.updatedAt)
      return listPage(request, 'conferences', room.conferences.all().filter(wanted).reverse(), (conference) =>
        showConference(room, conference),
      )
    },
  },
  {
    method: 'GET',
    path: '/Conferences/:sid.json',
    handle: ({ room, params, uri }) => ok(showConference(room, conferenceOf(room, params.sid, uri))),
  },
  {
    method: 'POST',
    path: '/Conferences/:sid.json',
    handle({ room, params, uri, input }) {
      const conference = conferenceOf(room, params.sid, uri)
      const p = readParameters(input, { takes: { Status: { one: ['completed'] }, AnnounceUrl: 'url', AnnounceMethod: 'method' } })
      const announceUrl = p.text('AnnounceUrl')
      if (announceUrl) {
        if (conference.status !== 'in-progress')
          throw new RestError(400, 20001, `Conference ${conference.sid} is ${conference.status}; nothing can be announced`)
        void announce(room, conference, announceUrl, p.method('AnnounceMethod'))
      }
      if (p.has('Status')) room.conferences.end(conference, 'conference-ended-via-api')
      return ok(showConference(room, conference))
    },
  },
]

export function conferenceOf(room: Room, sid: string | undefined, uri: string): Conference {
  const conference = room.conferences.get(sid ?? '')
  if (!conference) throw notFound(uri)
  return conference
}
