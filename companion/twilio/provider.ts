/** The voice provider as the rest of the companion sees it. rest.ts makes it of Twilio; tests make it of nothing. */

/** Where a leg stands, in Twilio's words (Call resource, `status`). */
export type LegStatus = 'queued' | 'initiated' | 'ringing' | 'in-progress' | 'canceled' | 'completed' | 'busy' | 'no-answer' | 'failed'

export interface ProviderCall {
  sid: string
  status: LegStatus
  direction: string
  /** E.164, or what Twilio gives where the number is withheld. */
  from: string
  to: string
  startedAt: Date | null
  endedAt: Date | null
}

export interface ProviderRecording {
  sid: string
  callSid: string
  /** Whole seconds. */
  seconds: number
  completed: boolean
  createdAt: Date
}

export interface ProviderNumber {
  sid: string
  e164: string
  voiceUrl: string
  voiceFallbackUrl: string
  statusCallback: string
}

/** What a number of ours is told to do. Addresses are absolute. */
export interface NumberWiring {
  voiceUrl: string
  voiceFallbackUrl: string
  statusCallback: string
}

export interface NumberSearch {
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Only in the USA and Canada. */
  areaCode?: number
  /** Digits of the number, `*` for any. */
  contains?: string
  limit?: number
}

/** Audio bytes as the provider sent them; `status` is 200, or 206 for a range. */
export interface RecordingAudio {
  status: number
  headers: { 'content-type': string; 'content-length'?: string; 'content-range'?: string; 'accept-ranges'?: string }
  body: ReadableStream<Uint8Array>
}

/** Every method rejects with RingsideError('voice_provider_failed') where the provider refuses or is not heard of, after its own tries. */
export interface Provider {
  /** Gives a leg new TwiML. False: the leg is over. */
  redirectCall(sid: string, twiml: string): Promise<boolean>
  /** Ends a leg; one that is over stays over. */
  endCall(sid: string): Promise<void>
  fetchCall(sid: string): Promise<ProviderCall | undefined>
  /** Inbound calls to this number that started at that instant or later. */
  listCalls(to: string, startedAfter: Date): Promise<ProviderCall[]>
  /** The legs in the conference of that name, if it is going on. */
  listConferenceParticipants(name: string): Promise<string[]>
  listRecordings(callSid: string): Promise<ProviderRecording[]>
  /** `range` as in the HTTP header, such as `bytes=0-1023`. */
  fetchRecording(sid: string, range?: string): Promise<RecordingAudio>
  searchNumbers(search: NumberSearch): Promise<string[]>
  buyNumber(e164: string, wiring: NumberWiring): Promise<ProviderNumber>
  updateNumber(sid: string, wiring: NumberWiring): Promise<ProviderNumber>
  listNumbers(): Promise<ProviderNumber[]>
  /** Where the TwiML App sends the legs that browsers open. True: it was another address. */
  wireApplication(sid: string, voiceUrl: string): Promise<boolean>
}
