/** What conference callbacks tell, under Twilio's names. */
import { rfc2822 } from '../calls/fields.ts'
import type { Conference } from './conference.ts'
import type { LeaveReason, Member } from './member.ts'

/** Twilio's `StatusCallbackEvent` and the word by which TwiML asks for it. */
export const EVENT_WORDS = {
  'conference-start': 'start',
  'conference-end': 'end',
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify',
  'announcement-end': 'announcement',
  'announcement-fail': 'announcement',
} as const

export type ConferenceEvent = keyof typeof EVENT_WORDS

/** Fields of one callback; `member` is whom it is about. */
export function conferenceFields(
  conference: Conference,
  accountSid: string,
  event: ConferenceEvent,
  now: number,
  about: { member?: Member; left?: LeaveReason; failure?: string } = {},
): Record<string, string> {
  const { member, left, failure } = about
  return {
    AccountSid: accountSid,
    ConferenceSid: conference.sid,
    FriendlyName: conference.name,
    StatusCallbackEvent: event,
    SequenceNumber: String(conference.sequence),
    Timestamp: rfc2822(now),
    ...(member ? memberFields(member) : {}),
    ...(left && member ? { ReasonParticipantLeft: left, ParticipantCallStatus: member.leg.call.status } : {}),
    ...(failure ? { ReasonAnnouncementFailed: failure } : {}),
    ...(event === 'conference-end' ? endFields(conference) : {}),
  }
}

function memberFields(member: Member): Record<string, string> {
  return {
    CallSid: member.leg.call.sid,
    Muted: String(member.muted),
    Hold: String(member.hold),
    Coaching: 'false',
    EndConferenceOnExit: String(member.endOnExit),
    StartConferenceOnEnter: String(member.startOnEnter),
    ...(member.label ? { ParticipantLabel: member.label } : {}),
  }
}

function endFields(conference: Conference): Record<string, string> {
  return {
    ReasonConferenceEnded: conference.reasonEnded ?? '',
    ...(conference.callSidEnding ? { CallSidEndingConference: conference.callSidEnding } : {}),
  }
}
