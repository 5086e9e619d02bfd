/** Resources as Twilio's OpenAPI describes them; tests/contract holds them against it. */
import { type Call, callSeconds } from '../calls/call.ts'
import { rfc2822 } from '../calls/fields.ts'
import type { Conference, Dialled } from '../conferences/conference.ts'
import type { Member } from '../conferences/member.ts'
import type { Room } from '../room.ts'
import type { RecordingFacts } from '../store/records.ts'
import { accountUri } from './route.ts'

const API = { api_version: '2010-04-01' }
export const stamps = (of: { createdAt: number; updatedAt: number }) => ({
  date_created: rfc2822(of.createdAt),
  date_updated: rfc2822(of.updatedAt),
})

export function showCall(room: Room, call: Call) {
  const uri = `${accountUri(room)}/Calls/${call.sid}`
  return {
    ...API,
    ...stamps(call),
    sid: call.sid,
    account_sid: call.accountSid,
    parent_call_sid: call.parentCallSid ?? null,
    to: call.to,
    to_formatted: call.to,
    from: call.from,
    from_formatted: call.from,
    phone_number_sid: call.phoneNumberSid ?? null,
    status: call.status,
    start_time: call.startedAt === undefined ? null : rfc2822(call.startedAt),
    end_time: call.endedAt === undefined ? null : rfc2822(call.endedAt),
    duration: call.endedAt === undefined ? null : String(callSeconds(call)),
    price: null,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: null,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json` },
  }
}

export function showConference(room: Room, conference: Conference) {
  const uri = `${accountUri(room)}/Conferences/${conference.sid}`
  return {
    ...API,
    ...stamps(conference),
    sid: conference.sid,
    account_sid: room.store.data.accountSid,
    friendly_name: conference.name,
    region: 'us1',
    status: conference.status,
    reason_conference_ended: conference.reasonEnded ?? null,
    call_sid_ending_conference: conference.callSidEnding ?? null,
    uri: `${uri}.json`,
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  }
}

interface ParticipantState {
  muted: boolean
  hold: boolean
  status: 'queued' | 'ringing' | 'connected' | 'failed'
}

function participant(
  room: Room,
  conference: Conference,
  of: Member | Dialled,
  state: ParticipantState & { createdAt: number; updatedAt: number },
) {
  const { sid } = of.leg.call
  return {
    ...stamps(state),
    account_sid: room.store.data.accountSid,
    call_sid: sid,
    label: of.label ?? null,
    call_sid_to_coach: null,
    coaching: false,
    conference_sid: conference.sid,
    end_conference_on_exit: of.endOnExit,
    start_conference_on_enter: of.startOnEnter,
    muted: state.muted,
    hold: state.hold,
    status: state.status,
    queue_time: null,
    uri: `${accountUri(room)}/Conferences/${conference.sid}/Participants/${sid}.json`,
  }
}

export const showMember = (room: Room, conference: Conference, member: Member) =>
  participant(room, conference, member, {
    muted: member.muted,
    hold: member.hold,
    status: 'connected',
    createdAt: member.joinedAt,
    updatedAt: member.updatedAt,
  })

export function showDialled(room: Room, conference: Conference, dialled: Dialled) {
  const { status, createdAt, updatedAt } = dialled.leg.call
  const shown = status === 'queued' || status === 'ringing' ? status : 'failed'
  return participant(room, conference, dialled, { muted: dialled.muted, hold: false, status: shown, createdAt, updatedAt })
}

/** The three resources that show a recording differ in their last fields. */
const RECORDING_EXTRAS = {
  account: (url: string) => ({ subresource_uris: {}, media_url: url }),
  call: () => ({ track: 'both' }),
  conference: () => ({}),
}

export type RecordingView = keyof typeof RECORDING_EXTRAS

export function showRecording(room: Room, facts: RecordingFacts, view: RecordingView) {
  const uri = `${accountUri(room)}/Recordings/${facts.sid}`
  return {
    ...API,
    ...stamps(facts),
    sid: facts.sid,
    account_sid: room.store.data.accountSid,
    call_sid: facts.callSid ?? null,
    conference_sid: facts.conferenceSid ?? null,
    start_time: rfc2822(facts.startedAt),
    duration: facts.duration === undefined ? null : String(facts.duration),
    price: null,
    price_unit: 'USD',
    status: facts.status,
    channels: 1,
    source: facts.source,
    error_code: null,
    encryption_details: null,
    uri: `${uri}.json`,
    ...RECORDING_EXTRAS[view](room.recordings.urlOf(facts.sid)),
  }
}
