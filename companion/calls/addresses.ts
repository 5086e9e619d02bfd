import { randomBytes } from 'node:crypto'

/** Where Twilio reaches us. The paths are for ever: numbers at Twilio point to the first three. */
export const paths = {
  inbound: '/twilio/inbound',
  callStatus: '/twilio/call-status',
  join: '/twilio/join',
  unanswered: '/twilio/unanswered',
  conferenceStatus: '/twilio/conference-status',
  recorded: '/twilio/recorded',
  recordingStatus: '/twilio/recording-status',
  ringback: '/media/ringback.wav',
  beep: '/media/beep.wav',
} as const

/** Where Twilio fetches an uploaded greeting. Who knows the id may hear it, as every caller does. */
export const uploadPath = (uploadId: string) => `/media/greetings/${uploadId}.wav`

/**
 * The address of a webhook about one call and one ring of it. The key is new each time one is given out: a request that comes with the same key
 * (and tells of the same event) is the same request again. Twilio signs the whole address, so nobody can change it.
 */
export function callAddress(publicUrl: string, path: string, call: { id: string; epoch: number }): string {
  const query = new URLSearchParams({ call: call.id, epoch: String(call.epoch), key: randomBytes(16).toString('hex') })
  return `${publicUrl}${path}?${query}`
}

/**
 * One conference for each claim, not for each call: an agent whose leg was given up, and still is in the old one, is then never in the same
 * room as the caller and the next agent (P1).
 */
export const conferenceName = (call: { id: string; epoch: number }) => `${call.id}-${call.epoch}`

/**
 * Twilio's connection overrides (they follow the `#`, and are neither sent nor signed): how long it waits for us before it goes to the fallback.
 * A companion that hangs must not leave a caller in silence for Twilio's 15 s.
 */
export const withPatience = (address: string) => `${address}#ct=800&rt=2000&tt=2500&rc=1`
