/** The TwiML that callers and agents are given: built only here, only by Twilio's own VoiceResponse. */
import type { Greeting } from '../../utils/protocol/index.ts'
import { VoiceResponse } from '../twilio/package.ts'
import { callAddress, conferenceName, paths, uploadPath, withPatience } from './addresses.ts'
import { RINGBACK_SECONDS } from './ringback.ts'

interface OfCall {
  publicUrl: string
  call: { id: string; epoch: number }
}

/** A message may be so long, in seconds. Twilio counts the time, not us. */
const MESSAGE_SECONDS = 120
/** After so much silence, in seconds, the message is over. */
const SILENCE_SECONDS = 6

/** Ringback for this many seconds, then `unanswered`: Twilio holds the timer, so it runs also while the companion is dead. */
export function ringingDocument({ publicUrl, call }: OfCall, seconds: number): string {
  const response = new VoiceResponse()
  const loops = Math.floor(seconds / RINGBACK_SECONDS)
  if (loops > 0) response.play({ loop: loops }, publicUrl + paths.ringback)
  const rest = Math.round(seconds - loops * RINGBACK_SECONDS)
  if (rest > 0) response.pause({ length: rest })
  response.redirect({ method: 'POST' }, withPatience(callAddress(publicUrl, paths.unanswered, call)))
  return response.toString()
}

/** Sends the leg to `unanswered`, which answers what it shall hear: for documents that are too long to be sent along. */
export function fetchDocument({ publicUrl, call }: OfCall): string {
  const response = new VoiceResponse()
  response.redirect({ method: 'POST' }, withPatience(callAddress(publicUrl, paths.unanswered, call)))
  return response.toString()
}

export function voicemailDocument({ publicUrl, call }: OfCall, greeting: Greeting): string {
  const response = new VoiceResponse()
  greet(response, greeting, publicUrl)
  response.record({
    action: callAddress(publicUrl, paths.recorded, call),
    method: 'POST',
    maxLength: MESSAGE_SECONDS,
    timeout: SILENCE_SECONDS,
    playBeep: true,
    recordingStatusCallback: callAddress(publicUrl, paths.recordingStatus, call),
    recordingStatusCallbackMethod: 'POST',
    recordingStatusCallbackEvent: ['completed'],
  })
  // A caller who says nothing: Twilio goes on here instead of calling the action.
  response.hangup()
  return response.toString()
}

/**
 * Voicemail without us: what Twilio plays where we do not answer. The recording is told to `call-status`'s sibling when we are back, and the
 * sweep finds the call where that is lost too. `after` is fetched when the message is over; without it Twilio would play all of this again.
 */
export function fallbackDocument(publicUrl: string, greeting: Greeting, after: string): string {
  const response = new VoiceResponse()
  greet(response, greeting)
  response.record({
    action: after,
    method: 'GET',
    maxLength: MESSAGE_SECONDS,
    timeout: SILENCE_SECONDS,
    playBeep: true,
    recordingStatusCallback: publicUrl + paths.recordingStatus,
    recordingStatusCallbackMethod: 'POST',
    recordingStatusCallbackEvent: ['completed'],
  })
  response.hangup()
  return response.toString()
}

/** Without `publicUrl`: for where we cannot be reached. */
export function closedDocument(greeting: Greeting, publicUrl?: string): string {
  const response = new VoiceResponse()
  greet(response, greeting, publicUrl)
  response.hangup()
  return response.toString()
}

/**
 * The caller's way into the conference. They hear the ringback go on until the agent is there; when they leave, the conference is over.
 * Only the first leg's status callback counts at Twilio, so both carry one.
 */
export const callerDocument = (of: OfCall) =>
  conferenceDocument(of, {
    startConferenceOnEnter: false,
    endConferenceOnExit: true,
    waitUrl: of.publicUrl + paths.ringback,
    waitMethod: 'GET',
  })

/** The agent's. Their leaving never ends the caller's call (P3). No music while they wait for the caller. */
export const agentDocument = (of: OfCall) =>
  conferenceDocument(of, { startConferenceOnEnter: true, endConferenceOnExit: false, waitUrl: '' })

interface RoomRules {
  startConferenceOnEnter: boolean
  endConferenceOnExit: boolean
  waitUrl: string
  waitMethod?: string
}

function conferenceDocument({ publicUrl, call }: OfCall, rules: RoomRules): string {
  const response = new VoiceResponse()
  response.dial().conference(
    {
      ...rules,
      beep: 'false',
      statusCallback: callAddress(publicUrl, paths.conferenceStatus, call),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['end', 'join', 'leave'],
    },
    conferenceName(call),
  )
  return response.toString()
}

export function hangUpDocument(): string {
  const response = new VoiceResponse()
  response.hangup()
  return response.toString()
}

/** An admin hears a greeting as the caller will, to the beep. */
export function previewDocument(publicUrl: string, greeting: Greeting): string {
  const response = new VoiceResponse()
  greet(response, greeting, publicUrl)
  response.play(publicUrl + paths.beep)
  response.hangup()
  return response.toString()
}

/** An admin calls a number of ours as a caller would; the number itself stands for the caller, since it is one that the account may show. */
export function testCallDocument(number: string): string {
  const response = new VoiceResponse()
  response.dial({ callerId: number }).number(number)
  return response.toString()
}

/** The recording, or the text. Without `publicUrl` we cannot be reached, so that only the text can be heard; where there is none, nothing is. */
function greet(response: VoiceResponse, greeting: Greeting, publicUrl?: string) {
  if (greeting.uploadId !== null && publicUrl !== undefined) response.play(publicUrl + uploadPath(greeting.uploadId))
  else if (greeting.text.trim() !== '') say(response, greeting)
}

/** Plain attribute lists: the package types `language` and `voice` as unions of all that it knew when it was built. */
function say(response: VoiceResponse, { text, language, voice }: Greeting) {
  response.say({ language, ...(voice !== null && { voice }) } as Parameters<VoiceResponse['say']>[0], text)
}
