/** One conference's facts and voices. What happens in it is decided in conferences.ts. */
import type { CallCallback } from '../calls/call.ts'
import type { Leg } from '../calls/leg.ts'
import { mixAll, mixMinus } from '../media/mixer.ts'
import type { ActiveRecording } from '../recordings/recordings.ts'
import type { Mouth } from '../sound/source.ts'
import { isHeard, type Member } from './member.ts'

export type EndReason =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-kicked'
  | 'last-participant-left'

/** Somebody whom the Participants resource is ringing. */
export interface Dialled {
  leg: Leg
  label?: string
  endOnExit: boolean
  startOnEnter: boolean
  muted: boolean
}

export interface Conference {
  sid: string
  name: string
  status: 'init' | 'in-progress' | 'completed'
  createdAt: number
  updatedAt: number
  /** Of the first participant; all others' are ignored, as Twilio does. */
  callback?: CallCallback
  maxParticipants: number
  sequence: number
  /** By CallSid. */
  members: Map<string, Member>
  dialled: Map<string, Dialled>
  beeps: Mouth
  announcement: Mouth
  /** Heard while somebody is being rung with EarlyMedia. */
  ringback: Mouth
  recording?: ActiveRecording
  reasonEnded?: EndReason
  callSidEnding?: string
}

/** One tick of mixing: everybody who is not waiting or on hold hears all others, and what is said to all. */
export function mixConference(conference: Conference) {
  const members = [...conference.members.values()]
  if (members.length === 0) return
  const voices = members.map((member) => (isHeard(member) ? member.leg.heard : null))
  const toAll = [conference.beeps, conference.announcement, conference.ringback].map((mouth) => mouth.source?.next() ?? null)
  const mixes = mixMinus([...voices, ...toAll])
  members.forEach((member, index) => {
    member.mix = mixes[index] ?? member.mix
  })
  conference.recording?.append(mixAll([...voices, ...toAll]))
}
