/** Says something into a running conference: to all, or to one. */
import { runDocuments } from '../programs/run-documents.ts'
import type { Room } from '../room.ts'
import type { Mouth } from '../sound/source.ts'
import type { Conference } from './conference.ts'
import type { Member } from './member.ts'

const ANNOUNCING_VERBS = ['Play', 'Say', 'Pause', 'Redirect']

/** Never rejects; `announcement-end` or `announcement-fail` tells how it went. `to` is the one member who hears it, or all do. */
export async function announce(room: Room, conference: Conference, url: string, method: 'GET' | 'POST', to?: Member): Promise<void> {
  const speaker = to ?? [...conference.members.values()][0]
  if (!speaker) return
  const mouth: Mouth = to ? to.announcement : conference.announcement
  const stage = { room, leg: speaker.leg, mouth, signal: speaker.leg.over.signal }
  const fields = { ConferenceSid: conference.sid, FriendlyName: conference.name }
  try {
    await runDocuments(stage, { kind: 'url', url, method, event: 'announce', fields }, ANNOUNCING_VERBS)
    room.conferences.tell(conference, 'announcement-end', { member: to })
  } catch (error) {
    room.conferences.tell(conference, 'announcement-fail', { member: to, failure: error instanceof Error ? error.message : String(error) })
  }
}
