/** A ticket's settings in words. Pure. */
import type { Person } from '../../utils/protocol/admin.ts'
import type { TicketSettings } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'

/** The properties that are plain texts. */
export const ticketFields = ['pipeline', 'status', 'category', 'source'] as const

export const ownerName = (owner: string | null | undefined, people: readonly Person[]): string | undefined =>
  owner === 'answerer' || owner === 'nobody' ? words(`ticket_owner_${owner}`) : people.find(({ id }) => id === owner)?.name

/** What a channel sets itself, one text each: `Pipeline: Sales`. */
export function ticketTexts(ticket: TicketSettings, people: readonly Person[] = []): string[] {
  const set: [string, string | null | undefined][] = [
    ...ticketFields.map((name): [string, string | null] => [wordsOf('ticket', name), ticket[name]]),
    [words('ticket_priority'), ticket.priority && wordsOf('priority', ticket.priority)],
    [words('ticket_owner'), ownerName(ticket.owner, people)],
    ...ticket.properties.map(({ name, value }): [string, string] => [name, value]),
  ]
  return set.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []))
}
