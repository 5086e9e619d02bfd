/** What an act changed, for a person: names in place of ids, hours and greetings as lines. Pure. */
import { phone } from '../../utils/format.ts'
import type { Person } from '../../utils/protocol/admin.ts'
import type { Greetings, Hours, TicketSettings } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { weekLines } from './hours.ts'
import { ticketTexts } from './ticket-texts.ts'
import { countryName, weekdayName } from './when.ts'

const titles: Record<string, string> = {
  name: 'part_name',
  hours: 'part_hours',
  userIds: 'part_user_ids',
  teamIds: 'part_team_ids',
  memberIds: 'team_members',
  ringSeconds: 'part_ring_seconds',
  greetings: 'part_greetings',
  ticket: 'part_ticket',
  number: 'existing_number',
  channel: 'existing_channel',
  channels: 'channels_title',
  role: 'account_role',
  seat: 'account_seat',
  email: 'person_email',
  language: 'person_language',
  seatLimit: 'seat_limit',
  outboundCountries: 'outbound_title',
  pipeline: 'ticket_pipeline',
  status: 'ticket_status',
  priority: 'ticket_priority',
  category: 'ticket_category',
  source: 'ticket_source',
  owner: 'ticket_owner',
  properties: 'ticket_free',
}

export const auditTitle = (name: string): string => (titles[name] ? words(titles[name]) : name)

/** Whoever may be meant by an id. */
export interface Known {
  people: readonly Person[]
  teams: readonly { id: string; name: string }[]
}

export function auditValue(name: string, value: unknown, known: Known): string {
  if (value === undefined || value === null || value === '') return '–'
  const special = specials[name]
  if (special) return special(value, known) || '–'
  if (typeof value === 'boolean') return words(value ? 'account_seat_yes' : 'account_seat_no')
  if (Array.isArray(value)) return value.map((each) => auditValue('', each, known)).join(', ') || '–'
  if (typeof value !== 'string') return JSON.stringify(value)
  const named = [...known.people, ...known.teams].find(({ id }) => id === value)
  if (named) return named.name
  return /^\+[1-9]\d{6,14}$/.test(value) ? phone(value) : value
}

const specials: Record<string, (value: unknown, known: Known) => string> = {
  role: (value) => wordsOf('account_role', value as string),
  priority: (value) => wordsOf('priority', value as string),
  outboundCountries: (value) => (value as string[]).map(countryName).join(', '),
  properties: (value) => (value as TicketSettings['properties']).map((each) => `${each.name}: ${each.value}`).join('\n'),
  ticket: (value, { people }) => ticketTexts(value as TicketSettings, people).join('\n'),
  hours(value) {
    const { timeZone, specialDays, ...hours } = value as Hours
    const week = weekLines(hours).map(
      ({ first, last, times }) => `${[...new Set([first, last])].map((day) => weekdayName(day, 'short')).join('–')} ${times.join(', ')}`,
    )
    const special = specialDays.map(
      ({ day, name, ranges }) => `${day} ${name} ${ranges.map((each) => `${each.from}–${each.until}`).join(', ')}`,
    )
    return [...week, ...special, timeZone].map((line) => line.trim()).join('\n')
  },
  greetings(value) {
    const { inHours, afterHours, closed } = value as Greetings
    const heard = ({ text, uploadId }: Greetings['closed']) => (uploadId ? words('greeting_recorded') : text)
    return [
      `${words('greeting_in_hours')}: ${heard(inHours)}`,
      `${words('greeting_after_hours')}: ${heard(afterHours)}`,
      `${words('greeting_closed')}: ${heard(closed)}`,
    ].join('\n')
  },
}
