/** People, seats, teams, company-wide settings and the audit log, as an admin manages them (PE, MA). */
import { z } from 'zod'
import { Role, Status, StatusReason } from './people.ts'
import { Id, Instant, Language, UserRef } from './primitives.ts'

export const Person = z.object({
  id: Id,
  name: z.string(),
  email: z.email().max(320).nullable(),
  role: Role,
  seat: z.boolean(),
  language: Language,
  teamIds: z.array(Id),
  disabled: z.boolean(),
  status: Status,
  reason: StatusReason.nullable(),
  /** Never signed in yet. */
  invited: z.boolean(),
  /** Of more than may ring at once, the longest serving do. */
  joinedAt: Instant,
})
export type Person = z.infer<typeof Person>

export const PersonInput = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.email().max(320).nullable(),
  role: Role,
  seat: z.boolean(),
  language: Language,
  teamIds: z.array(Id).max(100),
})
export type PersonInput = z.infer<typeof PersonInput>

/** A single-use sign-in link, shown once. `mailed`: it was also sent by e-mail (where the companion has a mail server). */
export const Invitation = z.object({ link: z.string(), expiresAt: Instant, mailed: z.boolean() })
export type Invitation = z.infer<typeof Invitation>

export const Team = z.object({ id: Id, name: z.string().trim().min(1).max(80), memberIds: z.array(Id) })
export type Team = z.infer<typeof Team>

export const Company = z.object({
  /** How many users may hold a Service seat; null: as many as there are. */
  seatLimit: z.int().min(0).max(100_000).nullable(),
  seatsUsed: z.int(),
  /** ISO 3166-1 codes that may be called (OU3). */
  outboundCountries: z.array(z.string().regex(/^[A-Z]{2}$/)),
})
export type Company = z.infer<typeof Company>

/** One act of an admin: who, what, before, after. Values are those that changed. */
export const AuditLine = z.object({
  id: z.int(),
  at: Instant,
  by: UserRef.nullable(),
  act: z.enum([
    'channel-made',
    'channel-saved',
    'channel-enabled',
    'channel-disabled',
    'channel-deleted',
    'number-bought',
    'number-moved',
    'number-released',
    'number-repaired',
    'tickets-saved',
    'company-saved',
    'person-invited',
    'person-saved',
    'person-disabled',
    'person-enabled',
    'link-made',
    'team-saved',
    'team-deleted',
    'greeting-uploaded',
  ]),
  subject: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
})
export type AuditLine = z.infer<typeof AuditLine>
