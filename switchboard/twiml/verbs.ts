/**
 * The table of TwiML: every verb and noun, its attributes with ranges and defaults, what may stand inside it.
 * Sources: Twilio's TwiML for Voice documentation. What Twilio has and this exchange does not carry is listed as `notCarried`,
 * so that the refusal can say so.
 */
import { type AttributeKind, address, anyText, flag, httpMethod, matching, oneOf, whole, words } from './attributes.ts'

export interface ElementKind {
  attributes: Record<string, AttributeKind>
  notCarried?: readonly string[]
  children: readonly string[]
  text: 'none' | 'required' | 'optional'
}

const RECORDING_EVENTS = ['in-progress', 'completed', 'absent']
const LEG_EVENTS = ['initiated', 'ringing', 'answered', 'completed']
export const CONFERENCE_EVENTS = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'announcement']

const action = { action: address(), method: httpMethod() }
const recordingCallback = {
  recordingStatusCallback: address(),
  recordingStatusCallbackMethod: httpMethod(),
  recordingStatusCallbackEvent: words(RECORDING_EVENTS, ['completed']),
}
const trim = oneOf(['trim-silence', 'do-not-trim'], 'trim-silence')
const legCallback = {
  statusCallback: address(),
  statusCallbackMethod: httpMethod(),
  statusCallbackEvent: words(LEG_EVENTS, ['completed']),
}
const nounNotCarried = [
  'url',
  'method',
  'byoc',
  'machineDetection',
  'machineDetectionTimeout',
  'machineDetectionSpeechThreshold',
  'machineDetectionSpeechEndThreshold',
  'machineDetectionSilenceTimeout',
  'amdStatusCallback',
  'amdStatusCallbackMethod',
]
const speechInput = [
  'partialResultCallback',
  'partialResultCallbackMethod',
  'language',
  'hints',
  'bargeIn',
  'speechTimeout',
  'maxSpeechTime',
  'profanityFilter',
  'speechModel',
  'enhanced',
  'debug',
]

export const ELEMENTS: Record<string, ElementKind> = {
  Response: {
    attributes: {},
    children: ['Say', 'Play', 'Pause', 'Record', 'Redirect', 'Hangup', 'Reject', 'Dial', 'Gather', 'Enqueue', 'Leave'],
    text: 'none',
  },
  Say: {
    attributes: {
      voice: anyText(),
      language: matching(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language such as pl-PL', 'en-US'),
      loop: whole(0, 1000, 1),
    },
    children: [],
    text: 'required',
  },
  Play: {
    attributes: { loop: whole(0, 1000, 1), digits: matching(/^[0-9*#wW]+$/, 'keys 0-9, *, # and w') },
    children: [],
    text: 'optional',
  },
  Pause: { attributes: { length: whole(0, 86_400, 1) }, children: [], text: 'none' },
  Record: {
    attributes: {
      ...action,
      ...recordingCallback,
      timeout: whole(0, 14_400, 5),
      finishOnKey: matching(/^[0-9*#]*$/, 'keys 0-9, * and #', '1234567890*#'),
      maxLength: whole(1, 14_400, 3600),
      playBeep: flag(true),
      trim,
      transcribe: flag(false),
      transcribeCallback: address(),
    },
    notCarried: ['recordingTrack', 'recordingConfigurationId', 'transcriptionConfigurationId'],
    children: [],
    text: 'none',
  },
  Redirect: { attributes: { method: httpMethod() }, children: [], text: 'optional' },
  Hangup: { attributes: {}, children: [], text: 'none' },
  Reject: { attributes: { reason: oneOf(['rejected', 'busy'], 'rejected') }, children: [], text: 'none' },
  Leave: { attributes: {}, children: [], text: 'none' },
  Enqueue: {
    attributes: { ...action, waitUrl: address(), waitUrlMethod: httpMethod() },
    notCarried: ['workflowSid'],
    children: [],
    text: 'required',
  },
  Gather: {
    attributes: {
      ...action,
      input: oneOf(['dtmf'], 'dtmf'),
      timeout: whole(0, 3600, 5),
      finishOnKey: matching(/^[0-9*#]?$/, 'one key of 0-9, * and #, or nothing', '#'),
      numDigits: whole(1, 1000),
      actionOnEmptyResult: flag(false),
    },
    notCarried: speechInput,
    children: ['Say', 'Play', 'Pause'],
    text: 'none',
  },
  Dial: {
    attributes: {
      ...action,
      ...recordingCallback,
      timeout: whole(5, 600, 30),
      hangupOnStar: flag(false),
      timeLimit: whole(1, 86_400, 14_400),
      callerId: matching(/^(\+[1-9]\d{4,14}|client:\w{1,121})$/, 'an E.164 number or client:name'),
      record: oneOf(['do-not-record', 'record-from-answer', 'true', 'false'], 'do-not-record'),
      trim: oneOf(['trim-silence', 'do-not-trim'], 'do-not-trim'),
      answerOnBridge: flag(false),
    },
    notCarried: ['ringTone', 'sequential', 'recordingTrack', 'referUrl', 'referMethod', 'events', 'recordingConfigurationId'],
    children: ['Conference', 'Number', 'Client'],
    text: 'optional',
  },
  Number: {
    attributes: { ...legCallback, sendDigits: matching(/^[0-9*#wW]+$/, 'keys 0-9, *, # and w') },
    notCarried: nounNotCarried,
    children: [],
    text: 'required',
  },
  Client: { attributes: { ...legCallback }, notCarried: nounNotCarried, children: ['Identity', 'Parameter'], text: 'optional' },
  Identity: { attributes: {}, children: [], text: 'required' },
  Parameter: { attributes: { name: anyText(), value: anyText() }, children: [], text: 'none' },
  Conference: {
    attributes: {
      ...recordingCallback,
      muted: flag(false),
      beep: oneOf(['true', 'false', 'onEnter', 'onExit'], 'true'),
      startConferenceOnEnter: flag(true),
      endConferenceOnExit: flag(false),
      participantLabel: matching(/^[^\s]{1,128}$/, 'a label of at most 128 characters without spaces'),
      jitterBufferSize: oneOf(['small', 'medium', 'large', 'off'], 'large'),
      maxParticipants: whole(2, 250, 250),
      record: oneOf(['do-not-record', 'record-from-start'], 'do-not-record'),
      trim: oneOf(['trim-silence', 'do-not-trim'], 'trim-silence'),
      region: anyText(),
      waitUrl: address(),
      waitMethod: httpMethod(),
      statusCallback: address(),
      statusCallbackMethod: httpMethod(),
      statusCallbackEvent: words(CONFERENCE_EVENTS, []),
    },
    notCarried: ['coach', 'eventCallbackUrl', 'recordingConfigurationId'],
    children: [],
    text: 'required',
  },
}
