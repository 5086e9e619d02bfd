import { companyOf, data, nameOf } from '../data.js'
import { avatar, h } from '../dom.js'
import { card, facts, listHead, phoneLink, row, table, tag } from '../parts.js'
import { ticketCard } from './tickets.js'

export function companyList() {
  const rows = data.companies.map((company) =>
    row(
      `${company.name} ${company.industry} ${company.city} ${company.phone}`,
      h('a', { class: 'person', href: `/companies/${company.id}` }, avatar(company.name, 'small square'), company.name),
      company.industry,
      company.city,
      phoneLink(company.phone),
      String(company.employees),
    ),
  )
  return {
    title: 'Companies',
    content: [
      listHead('Companies', rows.length, 'Search name, industry, city', rows),
      table(['Name', 'Industry', 'City', 'Phone', 'Employees'], rows),
    ],
  }
}

export function companyPage(id) {
  const company = companyOf(id)
  if (!company) return undefined
  const people = data.contacts.filter((contact) => contact.companyId === id)
  const tickets = data.tickets.filter((ticket) => people.some((person) => person.id === ticket.contactId))
  return {
    title: company.name,
    content: [
      h('p', { class: 'crumbs' }, h('a', { href: '/companies' }, 'Companies'), ' / ', company.name),
      h(
        'article',
        {
          class: 'record',
          'data-record-type': 'company',
          'data-record-id': id,
          itemscope: true,
          itemtype: 'https://schema.org/Organization',
        },
        h('div', { class: 'about' }, about(company)),
        h('div', { class: 'middle' }, card(`Contacts (${people.length})`, people.map(person))),
        h(
          'div',
          { class: 'related' },
          card(`Tickets (${tickets.length})`, tickets.length ? tickets.map(ticketCard) : h('p', { class: 'none' }, 'No tickets')),
        ),
      ),
    ],
  }
}

function about(company) {
  return [
    h(
      'div',
      { class: 'who' },
      avatar(company.name, 'large square'),
      h('h1', { itemprop: 'name' }, company.name),
      h('p', {}, company.industry),
    ),
    card(
      'About this company',
      facts([
        ['Phone', phoneLink(company.phone)],
        ['Domain', h('span', { 'data-field': 'domain' }, company.domain)],
        ['City', company.city],
        ['Employees', String(company.employees)],
      ]),
    ),
  ]
}

function person(contact) {
  return h(
    'div',
    { class: 'mini' },
    avatar(nameOf(contact), 'small'),
    h('span', {}, h('a', { href: `/contacts/${contact.id}` }, h('b', {}, nameOf(contact))), h('small', {}, contact.title)),
    phoneLink(contact.phone),
    tag(contact.stage),
  )
}
