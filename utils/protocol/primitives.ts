/** Shapes that everything else is made of. */
import { z } from 'zod'

/** Our own ids: UUIDs, made by the companion; notes and outbox items get theirs in the browser so that a repeated send is recognised. */
export const Id = z.uuid()
export type Id = z.infer<typeof Id>

/** An instant, ISO 8601 in UTC with milliseconds: `2026-11-22T08:00:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 })
export type Instant = z.infer<typeof Instant>

/** A phone number in E.164: a plus sign and 7 to 15 digits (ITU-T E.164). */
export const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/)

/** Who is on the other end, as Twilio gives it: E.164, or `anonymous` where the caller withholds the number. */
export const PartyNumber = z.union([E164, z.literal('anonymous')])
export type PartyNumber = z.infer<typeof PartyNumber>

/** BCP 47, of the languages that the product speaks. */
export const Language = z.enum(['en', 'pl'])
export type Language = z.infer<typeof Language>

/** A person as shown to colleagues. */
export const UserRef = z.object({ id: Id, name: z.string() })
export type UserRef = z.infer<typeof UserRef>

/** A record of the CRM (or of our own threads) that has the caller's number. `url` opens it in the CRM. */
export const Contact = z.object({
  name: z.string().min(1).max(200),
  company: z.string().max(200).optional(),
  number: PartyNumber,
  email: z.email().max(320).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
})
export type Contact = z.infer<typeof Contact>
