/** Channels as an admin sets them up (CH, MA). The router reads the same rows. */
import { z } from 'zod'
import { LedgerVerdict, MissedReason, SkipReason } from './calls.ts'
import { Contact, E164, Id, Instant, UserRef } from './primitives.ts'

/** `HH:MM`, or `24:00` for midnight at the end of a day. */
export const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
/** A local date, `2026-12-24`. */
export const LocalDate = z.iso.date()

/** One stretch of a weekday (ISO: 1 is Monday). `until` at or before `from` means over midnight, into the next day. Several a day may not overlap. */
export const HoursRange = z.object({ weekday: z.int().min(1).max(7), from: TimeOfDay, until: TimeOfDay })
export type HoursRange = z.infer<typeof HoursRange>

/** A holiday or one-off closure (`ranges` empty: closed all day), or a day with hours of its own. */
export const SpecialDay = z.object({
  day: LocalDate,
  name: z.string().trim().min(1).max(80),
  ranges: z.array(HoursRange.omit({ weekday: true })).max(8),
})
export type SpecialDay = z.infer<typeof SpecialDay>

export const Hours = z.object({
  /** IANA, such as `Europe/Warsaw`. */
  timeZone: z.string().min(1).max(60),
  ranges: z.array(HoursRange).max(56),
  specialDays: z.array(SpecialDay).max(366),
})
export type Hours = z.infer<typeof Hours>

/** What a caller hears: text that becomes speech (Twilio: at most 4096 characters in one `<Say>`), or an uploaded recording. */
export const Greeting = z.object({
  text: z.string().max(4096),
  /** BCP 47 with region, such as `pl-PL`. */
  language: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/),
  /** A voice of the provider, such as `Polly.Ewa`; null: the provider's own for the language. */
  voice: z.string().max(60).nullable(),
  /** An uploaded recording that plays instead of the text. */
  uploadId: Id.nullable(),
})
export type Greeting = z.infer<typeof Greeting>
export const Greetings = z.object({ inHours: Greeting, afterHours: Greeting, closed: Greeting })
export type Greetings = z.infer<typeof Greetings>

/** Properties of a new ticket (CH4). Null: the desk-wide setting; and there, nothing. */
export const TicketSettings = z.object({
  pipeline: z.string().trim().max(80).nullable(),
  status: z.string().trim().max(80).nullable(),
  priority: z.enum(['low', 'medium', 'high', 'urgent']).nullable(),
  category: z.string().trim().max(80).nullable(),
  source: z.string().trim().max(80).nullable(),
  /** `answerer`: who took the call (missed: nobody). `nobody`. A user: always that one. */
  owner: z.union([z.enum(['answerer', 'nobody']), Id]).nullable(),
  /** Free properties, name to value. */
  properties: z.array(z.object({ name: z.string().trim().min(1).max(80), value: z.string().max(400) })).max(30),
})
export type TicketSettings = z.infer<typeof TicketSettings>

/** All of a channel that an admin edits. `parts` are what two admins can edit at once without being in each other's way. */
export const ChannelSettings = z.object({
  name: z.string().trim().min(1).max(80),
  hours: Hours,
  userIds: z.array(Id).max(1000),
  teamIds: z.array(Id).max(100),
  /** Twilio allows 5–600. */
  ringSeconds: z.int().min(5).max(600),
  greetings: Greetings,
  ticket: TicketSettings,
})
export type ChannelSettings = z.infer<typeof ChannelSettings>
export const ChannelPart = z.enum(['name', 'hours', 'userIds', 'teamIds', 'ringSeconds', 'greetings', 'ticket'])
export type ChannelPart = z.infer<typeof ChannelPart>

export const ChannelDetail = z.object({
  id: Id,
  number: E164.nullable(),
  enabled: z.boolean(),
  /** Grows with each save; a save says which one it was made from. */
  revision: z.int(),
  savedBy: UserRef.nullable(),
  savedAt: Instant,
  settings: ChannelSettings,
})
export type ChannelDetail = z.infer<typeof ChannelDetail>

/** A line of the list (MA1). */
export const ChannelSummary = z.object({
  id: Id,
  name: z.string(),
  number: E164.nullable(),
  enabled: z.boolean(),
  open: z.boolean(),
  /** When `open` changes next; null: not within 400 days. */
  nextChange: Instant.nullable(),
  timeZone: z.string(),
  users: z.int(),
  reachable: z.int(),
  callsNow: z.int(),
  /** Whether the number still leads here at the provider; null where it could not be asked. */
  wired: z.boolean().nullable(),
})
export type ChannelSummary = z.infer<typeof ChannelSummary>

/** A half-finished wizard (CH7). Kept in the companion, so that it can be taken up on another computer. */
export const DraftStep = z.enum(['number', 'tickets', 'routing', 'finish'])
export type DraftStep = z.infer<typeof DraftStep>
export const Draft = z.object({
  id: Id,
  step: DraftStep,
  /** What was chosen; a new number is here once it was bought. */
  number: z.discriminatedUnion('how', [
    z.object({ how: z.literal('undecided') }),
    z.object({ how: z.literal('claimed'), numberId: Id, e164: E164 }),
    z.object({ how: z.literal('existing'), numberId: Id, e164: E164 }),
  ]),
  settings: ChannelSettings,
  revision: z.int(),
  startedBy: UserRef,
  updatedAt: Instant,
  /** Set once finished: the channel that came of it. Finishing again answers the same. */
  channelId: Id.nullable(),
})
export type Draft = z.infer<typeof Draft>

// ---- numbers

export const Country = z.object({
  /** ISO 3166-1 alpha-2; its name in the admin's language comes from Intl.DisplayNames. */
  code: z.string().regex(/^[A-Z]{2}$/),
  callingCode: z.string(),
  /** Area codes can be asked for (US, CA); elsewhere a prefix is matched. */
  areaCodes: z.boolean(),
})
export type Country = z.infer<typeof Country>

/** What the country demands before a number may be bought, said before anything is bought (CH2). */
export const Requirement = z.object({
  kind: z.enum(['address', 'bundle']),
  /** Twilio's `addressRequirements`: any, local (in the number's area) or foreign. */
  where: z.enum(['any', 'local', 'foreign']).nullable(),
  /** Approved ones that would do. Empty: something is missing, and buying is refused. */
  existing: z.array(z.object({ sid: z.string(), label: z.string() })),
})
export type Requirement = z.infer<typeof Requirement>

export const OfferedNumber = z.object({
  e164: E164,
  country: z.string(),
  locality: z.string().nullable(),
  capabilities: z.object({ voice: z.boolean(), sms: z.boolean(), mms: z.boolean(), fax: z.boolean() }),
  /** A month, in the currency that the provider bills; null where it does not say. */
  monthly: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  requirements: z.array(Requirement),
})
export type OfferedNumber = z.infer<typeof OfferedNumber>

export const OwnedNumber = z.object({
  id: Id,
  e164: E164,
  country: z.string(),
  channel: z.object({ id: Id, name: z.string() }).nullable(),
  /** Who is assigned to it through that channel: they are removed when another channel takes the number (CH3). */
  users: z.array(UserRef),
  wired: z.boolean().nullable(),
})
export type OwnedNumber = z.infer<typeof OwnedNumber>

/** Where one setting of a number differs from what we set (somebody changed it in the provider's console). */
export const Wiring = z.object({
  numberId: Id,
  right: z.boolean(),
  differences: z.array(z.object({ setting: z.enum(['voice', 'fallback', 'status']), is: z.string() })),
})
export type Wiring = z.infer<typeof Wiring>

// ---- who would ring (CH8)

export const RingPreview = z.object({
  outcome: z.enum(['ring', 'voicemail', 'closed']),
  greeting: z.enum(['inHours', 'afterHours', 'closed']),
  missedReason: MissedReason.nullable(),
  /** Those who ring first, then the others with a reason for each. */
  lines: z.array(z.object({ user: UserRef, verdict: LedgerVerdict, reason: SkipReason.nullable() })),
  contact: Contact.nullable(),
  /** 14 local days from that of `at`. */
  strip: z.array(
    z.object({
      day: LocalDate,
      kind: z.enum(['open', 'closed', 'special']),
      name: z.string().nullable(),
      ranges: z.array(z.object({ from: Instant, until: Instant })),
      /** Minutes by which the clock is moved on that day, such as 60 or -60; null on most days. */
      clockChange: z.int().nullable(),
    }),
  ),
})
export type RingPreview = z.infer<typeof RingPreview>
