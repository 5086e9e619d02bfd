/**
 * What the demo CRM knows: companies, contacts, tickets, timelines. Tests read it to know a name behind a number:
 * `contacts[0]` is Anna Kowalska, +48 58 555 01 01, Head of Operations at Bałtyk Logistyka, at /contacts/101.
 */
import { type Contact, contacts } from './seed/contacts.ts'

export { type Activity, activities } from './seed/activities.ts'
export { type Company, companies } from './seed/companies.ts'
export { type Contact, contacts } from './seed/contacts.ts'
export { type Ticket, tickets } from './seed/tickets.ts'

/** The contact with this phone or mobile number (E.164). */
export function contactByNumber(number: string): Contact | undefined {
  return contacts.find(({ phone, mobile }) => phone === number || mobile === number)
}
