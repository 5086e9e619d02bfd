/**
 * The catalogue of errors: a code, the HTTP status it travels with, words for a person, and a remedy.
 * The English words here are what logs and tools show; the extension shows `error_<code>` and `remedy_<code>` of its `_locales`
 * (a repository test holds the catalogue and both languages together). Codes are for ever.
 */
import { z } from 'zod'

interface Row {
  status: number
  words: string
  remedy: string
}

export const errors = {
  // the companion says no
  bad_request: {
    status: 400,
    words: 'The companion could not read that request.',
    remedy: 'Update Ringside. If it goes on, copy the report and send it to your admin.',
  },
  signed_out: { status: 401, words: 'You are signed out.', remedy: 'Sign in again with a new link from your admin.' },
  link_expired: { status: 401, words: 'This sign-in link was used already or has expired.', remedy: 'Ask your admin for a new link.' },
  user_disabled: { status: 403, words: 'Your account is switched off.', remedy: 'Ask your admin to switch it on again.' },
  not_allowed: { status: 403, words: 'You are not allowed to do that.', remedy: 'Ask your admin.' },
  no_seat: { status: 403, words: 'You have no Service seat, so you cannot take calls.', remedy: 'An admin can give you one under People.' },
  forged_webhook: {
    status: 403,
    words: 'This request does not carry a valid signature of Twilio.',
    remedy: 'Check that the public address and the auth token in the configuration are those of your Twilio account.',
  },
  replayed_webhook: { status: 403, words: 'This request was handled already.', remedy: 'Nothing to do: it was not handled twice.' },
  origin_refused: { status: 403, words: 'Only the extension may connect here.', remedy: 'Open Ringside from the browser’s toolbar.' },
  not_found: { status: 404, words: 'That does not exist, or is not for you.', remedy: 'Go back and reload the list.' },
  unknown_call: {
    status: 404,
    words: 'This call is over or unknown.',
    remedy: 'Nothing to do: the list shows the calls that are going on.',
  },
  call_taken: { status: 409, words: 'Somebody else took this call.', remedy: 'Nothing to do: the caller is being looked after.' },
  call_over: { status: 409, words: 'The caller is no longer waiting.', remedy: 'Look for a missed call in the thread list.' },
  stale_epoch: { status: 409, words: 'This call was offered again since.', remedy: 'Answer the newer ring.' },
  not_reachable: { status: 409, words: 'You cannot take calls at this moment.', remedy: 'The popup shows what is missing.' },
  too_large: { status: 413, words: 'That is too large to save.', remedy: 'Shorten it, or split it in two.' },
  protocol_mismatch: {
    status: 426,
    words: 'The extension and the companion are of different versions.',
    remedy: 'Update the older of the two.',
  },
  too_many: { status: 429, words: 'Too many tries.', remedy: 'Wait a minute and try again.' },
  internal: {
    status: 500,
    words: 'Something went wrong in the companion.',
    remedy: 'Try again. If it goes on, copy the report and send it to your admin.',
  },
  voice_provider_failed: {
    status: 502,
    words: 'The voice provider refused or did not answer.',
    remedy: 'Try again in a moment. An admin can look at the account in Twilio’s console.',
  },
  store_failed: {
    status: 503,
    words: 'The companion could not save that.',
    remedy: 'What you typed is kept here and sent again. An admin should check the disk and the database.',
  },
  // what an admin sets up
  changed_meanwhile: {
    status: 409,
    words: 'Somebody else changed this meanwhile.',
    remedy: 'Look at what changed, then save yours again. What you typed is still here.',
  },
  typed_wrong: { status: 400, words: 'That is not the number.', remedy: 'Type the phone number that is shown, in any usual format.' },
  draft_incomplete: {
    status: 409,
    words: 'Something is missing before this channel can go live.',
    remedy: 'Go back to the step that is named here and complete it.',
  },
  none_available: { status: 404, words: 'There is no such number to be had.', remedy: 'Try another area or prefix, or another country.' },
  number_gone: { status: 409, words: 'Somebody else bought this number a moment ago.', remedy: 'Generate another one. You paid nothing.' },
  number_in_use: {
    status: 409,
    words: 'A channel still uses this number.',
    remedy: 'Delete the channel first. Then the number can be released.',
  },
  requirement_missing: {
    status: 409,
    words: 'This country demands papers that your account does not have yet.',
    remedy: 'Add the address or the bundle in Twilio’s console, then come back: this wizard waits for you.',
  },
  voice_account_refused: {
    status: 402,
    words: 'The voice provider refused this account.',
    remedy: 'Look at the account’s balance and status in Twilio’s console.',
  },
  voice_provider_busy: {
    status: 503,
    words: 'The voice provider is busy.',
    remedy: 'Wait a few seconds and try again. Nothing was bought.',
  },
  upload_refused: {
    status: 415,
    words: 'This recording cannot be used.',
    remedy: 'Choose a sound file of half a second to two minutes, up to 10 MB.',
  },
  no_seat_left: { status: 409, words: 'All Service seats are taken.', remedy: 'Take one from somebody, or raise the limit.' },
  email_taken: {
    status: 409,
    words: 'Somebody else has this e-mail address.',
    remedy: 'Look for them in the list, or use another address.',
  },
  last_admin: { status: 409, words: 'There must be at least one admin.', remedy: 'Make somebody else an admin first.' },
  // the browser says no; these never travel, so the status is only for tools
  companion_unreachable: {
    status: 503,
    words: 'The companion cannot be reached.',
    remedy: 'Check your network. It is tried again by itself.',
  },
  not_a_companion: {
    status: 502,
    words: 'There is no Ringside companion at this address.',
    remedy: 'Check the address, or paste the whole sign-in link.',
  },
  bad_link: {
    status: 400,
    words: 'This is not a sign-in link.',
    remedy: 'Paste the whole link that your admin sent, from https:// to its end.',
  },
  microphone_refused: {
    status: 403,
    words: 'The microphone is not allowed.',
    remedy: 'Open the microphone check and allow it in the browser’s prompt.',
  },
  microphone_missing: { status: 404, words: 'No microphone was found.', remedy: 'Plug one in, then open the microphone check.' },
  voice_failed: {
    status: 502,
    words: 'The phone in this browser could not start.',
    remedy: 'It is tried again by itself. If it goes on, restart the browser.',
  },
  media_failed: {
    status: 502,
    words: 'No sound came through.',
    remedy: 'Check your network or VPN: calls need UDP or TLS to the voice provider.',
  },
  voice_token_refused: {
    status: 401,
    words: 'The voice provider refused this browser.',
    remedy: 'Sign out and in again. If it goes on, an admin should check the API key.',
  },
  cache_failed: {
    status: 507,
    words: 'This browser could not save to its disk.',
    remedy: 'Free some space. Keep this window open: your notes are still in it.',
  },
} as const satisfies Record<string, Row>

export type ErrorCode = keyof typeof errors

export const ErrorCode = z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]])

/** What travels: `{error: {...}}`. `details` holds what words could need (the winner's name, the versions), never more. */
export const ErrorReply = z.object({
  error: z.object({ code: ErrorCode, words: z.string(), remedy: z.string(), details: z.record(z.string(), z.string()).optional() }),
})
export type ErrorReply = z.infer<typeof ErrorReply>

/** The one error that is thrown on purpose, on both sides. `details` are strings for the words: `{by: 'Anna'}`. */
export class RingsideError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, string> | undefined

  constructor(code: ErrorCode, details?: Record<string, string>, options?: ErrorOptions) {
    super(errors[code].words, options)
    this.name = 'RingsideError'
    this.code = code
    this.details = details
  }

  /** The reply that carries this error over the wire. */
  reply(): ErrorReply {
    const { words, remedy } = errors[this.code]
    return { error: { code: this.code, words, remedy, ...(this.details && { details: this.details }) } }
  }
}
