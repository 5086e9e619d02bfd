/**
 * All conferences, and the one place where something happens in them:
 *
 *   init ─(two in it, one of them may start it)─▶ in-progress ─(last left · one left who ends it · REST)─▶ completed
 */
import type { CallCallback } from '../calls/call.ts'
import type { Leg } from '../calls/leg.ts'
import { makeSid } from '../calls/sid.ts'
import type { Room } from '../room.ts'
import { playInto } from '../sound/source.ts'
import { ENTER_BEEP, EXIT_BEEP } from '../sound/tones.ts'
import { playAside, stopAside } from './aside.ts'
import { type Conference, type EndReason, mixConference } from './conference.ts'
import { type ConferenceEvent, conferenceFields, EVENT_WORDS } from './events.ts'
import { createMember, isHeard, isHearing, type LeaveReason, type Member, type MemberOptions } from './member.ts'

export interface JoinOptions extends MemberOptions {
  callback?: CallCallback
  maxParticipants: number
}

export interface Conferences {
  /** The live conference of this name, made where there is none. */
  open(name: string, options: { callback?: CallCallback; maxParticipants?: number }): Conference
  get(sid: string): Conference | undefined
  all(): Conference[]
  /** Puts a leg in; undefined where it is full. */
  join(conference: Conference, leg: Leg, options: JoinOptions): Member | undefined
  leave(conference: Conference, member: Member, reason: LeaveReason): void
  end(conference: Conference, reason: EndReason, callSid?: string): void
  setMuted(conference: Conference, member: Member, muted: boolean): void
  /** On hold with the app's sound or the built-in music; or back. */
  setHold(conference: Conference, member: Member, hold: boolean, url?: string, method?: 'GET' | 'POST'): void
  tell(conference: Conference, event: ConferenceEvent, about?: { member?: Member; left?: LeaveReason; failure?: string }): void
  /** Ends a conference that nobody is in and nobody is rung for. */
  tidy(conference: Conference): void
  mix(): void
}

export function createConferences(room: () => Room): Conferences {
  const conferences = new Map<string, Conference>()
  const never = new AbortController().signal

  const note = (conference: Conference, text: string, callSid?: string) =>
    room().log.add({ kind: 'conference', conferenceSid: conference.sid, callSid, text: `${conference.name}: ${text}` })

  const tell: Conferences['tell'] = (conference, event, about = {}) => {
    const { webhooks, clock, store } = room()
    note(conference, event, about.member?.leg.call.sid)
    if (!conference.callback?.events.includes(EVENT_WORDS[event])) return
    conference.sequence += 1
    const fields = conferenceFields(conference, store.data.accountSid, event, clock.now(), about)
    const { url, method } = conference.callback
    webhooks.tell({ url, method, fields }, { event, conferenceSid: conference.sid, callSid: about.member?.leg.call.sid })
  }

  function startWhenReady(conference: Conference) {
    const members = [...conference.members.values()]
    if (conference.status === 'init' && (members.length < 2 || !members.some((member) => member.startOnEnter))) return
    for (const member of members) {
      if (!member.waiting) continue
      member.waiting = false
      if (!member.hold) stopAside(member)
    }
    if (conference.status !== 'init') return
    conference.status = 'in-progress'
    conference.updatedAt = room().clock.now()
    tell(conference, 'conference-start')
  }

  function end(conference: Conference, reason: EndReason, callSid?: string) {
    if (conference.status === 'completed') return
    const wasEmpty = conference.members.size === 0 && conference.sequence === 0
    conference.status = 'completed'
    conference.updatedAt = room().clock.now()
    conference.reasonEnded = reason
    conference.callSidEnding = callSid
    for (const { leg } of conference.dialled.values()) room().legs.end(leg, { status: 'canceled' })
    for (const member of [...conference.members.values()]) remove(conference, member, 'conference_ended')
    conference.recording?.stop()
    if (!wasEmpty) tell(conference, 'conference-end')
  }

  function remove(conference: Conference, member: Member, reason: LeaveReason) {
    if (!conference.members.delete(member.leg.call.sid)) return false
    stopAside(member)
    if (member.onDigit) member.leg.digitListeners.delete(member.onDigit)
    member.leg.mouth.source = undefined
    tell(conference, 'participant-leave', { member, left: reason })
    member.resolveLeft(reason)
    return true
  }

  function sendToOthers(conference: Conference, from: Member, digit: string) {
    if (!isHeard(from)) return
    for (const member of conference.members.values()) if (member !== from && isHearing(member)) member.leg.line?.sendDigits(digit)
  }

  return {
    open(name, options) {
      const live = [...conferences.values()].find((one) => one.name === name && one.status !== 'completed')
      if (live) return live
      const now = room().clock.now()
      const conference: Conference = {
        sid: makeSid('CF'),
        name,
        status: 'init',
        createdAt: now,
        updatedAt: now,
        callback: options.callback,
        maxParticipants: options.maxParticipants ?? 250,
        sequence: 0,
        members: new Map(),
        dialled: new Map(),
        beeps: { source: undefined },
        announcement: { source: undefined },
        ringback: { source: undefined },
      }
      conferences.set(conference.sid, conference)
      note(conference, 'opened')
      return conference
    },
    get: (sid) => conferences.get(sid),
    all: () => [...conferences.values()],
    join(conference, leg, options) {
      if (conference.members.size >= conference.maxParticipants) return undefined
      const member = createMember(leg, options, room().clock.now())
      conference.members.set(leg.call.sid, member)
      member.onDigit = (digit) => sendToOthers(conference, member, digit)
      leg.digitListeners.add(member.onDigit)
      tell(conference, 'participant-join', { member })
      startWhenReady(conference)
      if (member.waiting) playAside(room(), conference, member, { url: options.waitUrl, method: options.waitMethod, event: 'wait' })
      else if (['true', 'onEnter'].includes(options.beep)) void playInto(conference.beeps, ENTER_BEEP, never)
      return member
    },
    leave(conference, member, reason) {
      if (!remove(conference, member, reason)) return
      const kicked = reason === 'participant_kicked_via_api'
      const callSid = member.leg.call.sid
      if (member.endOnExit) {
        end(conference, kicked ? 'participant-with-end-conference-on-exit-kicked' : 'participant-with-end-conference-on-exit-left', callSid)
      } else if (conference.members.size === 0 && conference.dialled.size === 0) {
        end(conference, kicked ? 'last-participant-kicked' : 'last-participant-left', callSid)
      } else if (['true', 'onExit'].includes(member.beep)) void playInto(conference.beeps, EXIT_BEEP, never)
    },
    end,
    setMuted(conference, member, muted) {
      if (member.muted === muted) return
      member.muted = muted
      member.updatedAt = room().clock.now()
      tell(conference, muted ? 'participant-mute' : 'participant-unmute', { member })
    },
    setHold(conference, member, hold, url, method = 'POST') {
      const changed = member.hold !== hold
      if (!changed && url === undefined) return
      member.hold = hold
      member.updatedAt = room().clock.now()
      if (hold) playAside(room(), conference, member, { url, method, event: 'hold' })
      else if (member.waiting) {
        playAside(room(), conference, member, { url: member.waitUrl, method: member.waitMethod, event: 'wait' })
      } else stopAside(member)
      if (changed) tell(conference, hold ? 'participant-hold' : 'participant-unhold', { member })
    },
    tell,
    tidy(conference) {
      if (conference.members.size === 0 && conference.dialled.size === 0) end(conference, 'last-participant-left')
    },
    mix() {
      for (const conference of conferences.values()) if (conference.status !== 'completed') mixConference(conference)
    },
  }
}
