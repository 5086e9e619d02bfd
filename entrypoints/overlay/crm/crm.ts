import type { Contact } from '../../../utils/protocol/primitives.ts'

/** What we know of one CRM's page. One file per CRM; it alone knows that CRM's markup and addresses. */
export interface Crm {
  /** Whether this is a page of that CRM. Asked once per page load. */
  matches(page: Document): boolean
  /** The record that is open. Null where none is, or where it has no phone number in full international form. */
  open(page: Document): Contact | null
  /** Other people with a number that the page lists, at most `listLimit`. */
  listed(page: Document): Contact[]
  /** Asks the CRM itself who has this number (E.164). Only where it can be asked without showing the number to anybody new. */
  find?(number: string): Promise<Contact | null>
}

export const listLimit = 200
