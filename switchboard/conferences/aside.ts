/** What a member hears in place of the conference. */

import { WAITING_VERBS } from '../programs/run-documents.ts'
import { runWaiting } from '../programs/waiting-program.ts'
import type { Room } from '../room.ts'
import type { Conference } from './conference.ts'
import type { Member } from './member.ts'

export interface AsideOrder {
  url?: string
  method: 'GET' | 'POST'
  event: 'wait' | 'hold'
}

/** Replaces what is played aside to this member. */
export function playAside(room: Room, conference: Conference, member: Member, order: AsideOrder) {
  stopAside(member)
  const program = new AbortController()
  member.asideProgram = program
  const { leg, aside: mouth } = member
  const fields = () => ({ ConferenceSid: conference.sid, FriendlyName: conference.name })
  runWaiting({ room, leg, mouth, signal: program.signal }, { ...order, fields }, WAITING_VERBS).catch((error: unknown) => {
    room.log.add({
      kind: 'error',
      callSid: leg.call.sid,
      text: `the switchboard itself failed: ${error instanceof Error ? error.stack : error}`,
    })
  })
}

export function stopAside(member: Member) {
  member.asideProgram?.abort()
  member.asideProgram = undefined
  member.aside.source = undefined
}
