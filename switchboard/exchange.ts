/**
 * The seam between the exchange (calls, TwiML, conferences, REST) and the lines that end in it
 * (a browser's Voice SDK, a phone booth, a scripted caller). Doors make lines; the exchange decides what happens to them.
 */
import type { MediaPort } from './media/port.ts'

/** Why a line ended, in Twilio's words for a call's final status, with an SDK error where there is one. */
export interface LineEnd {
  status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'
  /** A Twilio error code that the far end is to be told, such as 31005 or 53000; none for an ordinary hang-up. */
  code?: number
  message?: string
}

/** A far end that is connected to us, or is about to be. The exchange calls the verbs; the door fires the signals. */
export interface Line {
  readonly port: MediaPort
  /** The far end hears or shows that it rings. May come once, before `answered`. */
  ringing(): void
  /** The far end may now speak: an SDK call opens, a booth's timer starts. `callSid` is the CA… sid that the exchange gave this leg. */
  answered(callSid: string): void
  /** The exchange ended the leg. Nothing may be called after it. */
  ended(end: LineEnd): void
  /** Sends a DTMF string (0-9*#w, w is half a second) towards the far end, as in-band tones where the door has nothing better. */
  sendDigits(digits: string): void
  /** The far end pressed one key. One listener. */
  onDigit(listener: (digit: string) => void): void
  /** The far end hung up or vanished. Fires once. One listener. */
  onHangUp(listener: () => void): void
}

/** A far end that we are ringing (`<Dial><Client>`, `<Dial><Number>`, `POST /Calls`). */
export interface RingingLine {
  /** Resolves with the line when somebody answers, or with the end when nobody did. Never rejects. */
  readonly outcome: Promise<{ line: Line } | { end: LineEnd }>
  /** Stops ringing; `outcome` resolves with `canceled` unless it was decided already. */
  cancel(): void
}

/** Who can be rung. Implemented by the doors, used by the exchange. */
export interface LineFinder {
  /**
   * Rings `to`: `client:identity` or an E.164 number. Undefined where there is no such far end (the leg then fails with no-answer).
   * `parameters` are shown to an SDK client (CallSid, From, To, custom parameters in `custom`).
   */
  ring(to: string, leg: { callSid: string; accountSid: string; from: string; custom: Record<string, string> }): RingingLine | undefined
}

/** What the doors ask of the exchange. Implemented by the exchange, used by the doors. */
export interface Exchange {
  /**
   * A phone dials a number. Returns the leg's CallSid; the number's voice URL is asked what to do. A number that nobody owns ends the
   * line as `failed` with code 21212 at once. `from` is E.164, or 'anonymous'.
   */
  dial(from: string, to: string, line: Line): string
  /** An SDK client's `device.connect({params})`; the TwiML application in its token is asked what to do. Returns the leg's CallSid. */
  connect(client: { accountSid: string; identity: string; applicationSid: string; params: Record<string, string> }, line: Line): string
  /** Whether this API key signs for this account; returns the secret to verify an access token (HS256) with. */
  apiKeySecret(apiKeySid: string, accountSid: string): string | undefined
}
