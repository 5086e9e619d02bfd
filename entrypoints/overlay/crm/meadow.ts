/** Meadow, the demo CRM (tests/demo-crm). It can be asked for its contacts at `/api/contacts`: the whole list, so the number is not shown even to it. */
import type { Contact } from '../../../utils/protocol/primitives.ts'
import type { Crm } from './crm.ts'
import { generic } from './generic.ts'
import { addressOf, contact, emailIn, line, numberIn, textOf } from './read.ts'

interface Person {
  id: number
  firstName: string
  lastName: string
  companyId: number
  email: string
  phone: string
  mobile?: string
}

export const meadow: Crm = {
  matches: (page) => page.title.endsWith('Meadow CRM'),

  open(page) {
    const record = page.querySelector('[data-record-type=contact]')
    if (!record) return null
    return contact({
      name: textOf(record, '[itemprop=name]'),
      number: numberIn(record.querySelector('[data-field=phone]')?.getAttribute('data-value')),
      company: textOf(record, '[itemprop=worksFor]'),
      email: emailIn(record.querySelector('[data-field=email]')?.getAttribute('href')),
      url: addressOf(page.URL),
    })
  },

  listed: (page) => generic.listed(page),

  async find(number) {
    const people = (await read('contacts')) as Person[]
    const person = people.find(({ phone, mobile }) => phone === number || mobile === number)
    return person ? known(person, number) : null
  },
}

async function known(person: Person, number: string): Promise<Contact | null> {
  const companies = (await read('companies')) as { id: number; name: string }[]
  return contact({
    name: line(`${person.firstName} ${person.lastName}`),
    number,
    company: line(companies.find(({ id }) => id === person.companyId)?.name),
    email: emailIn(person.email),
    url: addressOf(`${location.origin}/contacts/${person.id}`),
  })
}

const read = async (name: string) => (await fetch(`/api/${name}`)).json() as Promise<unknown>
