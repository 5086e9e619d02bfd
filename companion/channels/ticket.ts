import type { TicketSettings } from '../../utils/protocol/index.ts'

/** All properties; what was never set is null. */
export const fillTicket = (some: Partial<TicketSettings>): TicketSettings => ({
  pipeline: null,
  status: null,
  priority: null,
  category: null,
  source: null,
  owner: null,
  properties: [],
  ...some,
})

/**
 * What the ticket of the next call gets (CH4): the channel's own settings over the desk-wide ones. Free properties are joined by name. The owner
 * rule is carried out: `owner` is a user's id, or null for nobody; without any rule it is whoever answered.
 */
export function effectiveTicket(
  channel: Partial<TicketSettings>,
  deskWide: Partial<TicketSettings>,
  { answerer }: { answerer: string | null },
): TicketSettings {
  const [own, desk] = [fillTicket(channel), fillTicket(deskWide)]
  const rule = own.owner ?? desk.owner ?? 'answerer'
  const properties = new Map([...desk.properties, ...own.properties].map((property) => [property.name, property]))
  return {
    pipeline: own.pipeline ?? desk.pipeline,
    status: own.status ?? desk.status,
    priority: own.priority ?? desk.priority,
    category: own.category ?? desk.category,
    source: own.source ?? desk.source,
    owner: rule === 'answerer' ? answerer : rule === 'nobody' ? null : rule,
    properties: [...properties.values()],
  }
}
