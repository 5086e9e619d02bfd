import { companyOf, data, nameOf } from '../data.js'
import { avatar, h } from '../dom.js'
import { emailLink, listHead, phoneLink, row, table, tag } from '../parts.js'

export function contactList() {
  const rows = data.contacts.map((contact) => {
    const company = companyOf(contact.companyId)
    return row(
      `${nameOf(contact)} ${company.name} ${contact.email} ${contact.phone}`,
      h('a', { class: 'person', href: `/contacts/${contact.id}` }, avatar(nameOf(contact), 'small'), nameOf(contact)),
      h('a', { class: 'quiet', href: `/companies/${company.id}` }, company.name),
      phoneLink(contact.phone),
      emailLink(contact.email),
      tag(contact.stage),
      contact.owner,
    )
  })
  return {
    title: 'Contacts',
    content: [
      listHead('Contacts', rows.length, 'Search name, company, number', rows),
      table(['Name', 'Company', 'Phone', 'E-mail', 'Stage', 'Owner'], rows),
    ],
  }
}
