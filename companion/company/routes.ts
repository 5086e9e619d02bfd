import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { readCompany, saveCompany } from './company.ts'
import { readTickets, saveTickets } from './tickets.ts'

export function serveCompany({ store }: Companion, handle: Handle): void {
  handle('readCompany', () => readCompany(store.db))
  handle('saveCompany', ({ user, body }) => store.write((writer) => saveCompany(writer, user, body)))
  handle('readTickets', () => readTickets(store.db))
  handle('saveTickets', ({ user, body }) => store.write((writer) => saveTickets(writer, user, body)))
}
