/** What is kept. `settings` holds REST parameters under Twilio's own names (VoiceUrl, FriendlyName …), only those that were set. */
interface Kept {
  sid: string
  createdAt: number
  updatedAt: number
  settings: Record<string, string>
}

export type AddressRequirement = 'none' | 'any' | 'local' | 'foreign'

export interface OwnedNumber extends Kept {
  phoneNumber: string
  country: string
  addressRequirements: AddressRequirement
}

export type Application = Kept
export type Address = Kept

export const BUNDLE_STATUSES = [
  'draft',
  'pending-review',
  'in-review',
  'twilio-rejected',
  'twilio-approved',
  'provisionally-approved',
] as const
/** `settings`: FriendlyName, Status, IsoCountry, NumberType. */
export type Bundle = Kept

export type RecordingSource = 'DialVerb' | 'Conference' | 'OutboundAPI' | 'RecordVerb' | 'StartCallRecordingAPI'

/** Times in ms since 1970, duration in whole seconds. */
export interface RecordingFacts {
  sid: string
  callSid?: string
  conferenceSid?: string
  createdAt: number
  updatedAt: number
  startedAt: number
  duration?: number
  status: 'in-progress' | 'paused' | 'completed' | 'absent'
  source: RecordingSource
}
