import { companyOf, contactOf, data, nameOf } from '../data.js'
import { avatar, h, icon } from '../dom.js'
import { ago } from '../format.js'
import { card, emailLink, facts, phoneLink, tag } from '../parts.js'
import { ticketCard } from './tickets.js'

/** A contact's record, marked up as CRMs do: schema.org/Person, record attributes, tel: and mailto: links. */
export function contactPage(id) {
  const contact = contactOf(id)
  if (!contact) return undefined
  const name = nameOf(contact)
  const company = companyOf(contact.companyId)
  const tickets = data.tickets.filter((ticket) => ticket.contactId === id)
  return {
    title: name,
    content: [
      h('p', { class: 'crumbs' }, h('a', { href: '/contacts' }, 'Contacts'), ' / ', name),
      h(
        'article',
        { class: 'record', 'data-record-type': 'contact', 'data-record-id': id, itemscope: true, itemtype: 'https://schema.org/Person' },
        h('div', { class: 'about' }, about(contact, name, company)),
        h('div', { class: 'middle' }, timeline(contact)),
        h(
          'div',
          { class: 'related' },
          card('Company', companyCard(company)),
          card(`Tickets (${tickets.length})`, tickets.length ? tickets.map(ticketCard) : h('p', { class: 'none' }, 'No tickets')),
        ),
      ),
    ],
  }
}

function about(contact, name, company) {
  return [
    h('div', { class: 'who' }, avatar(name, 'large'), h('h1', { itemprop: 'name' }, name), h('p', { itemprop: 'jobTitle' }, contact.title)),
    h(
      'div',
      { class: 'actions' },
      h('a', { href: `tel:${contact.phone}`, title: `Call ${name}` }, icon('phone'), 'Call'),
      h('a', { href: `mailto:${contact.email}`, title: `E-mail ${name}` }, icon('email'), 'E-mail'),
    ),
    card(
      'About this contact',
      facts([
        ['Phone', phoneLink(contact.phone)],
        ['Mobile', contact.mobile && phoneLink(contact.mobile, 'mobile')],
        ['E-mail', emailLink(contact.email)],
        ['Company', h('span', { itemprop: 'worksFor' }, company.name)],
        ['City', company.city],
        ['Stage', tag(contact.stage)],
        ['Owner', contact.owner],
      ]),
    ),
  ]
}

function companyCard(company) {
  return h(
    'a',
    { class: 'mini', href: `/companies/${company.id}` },
    avatar(company.name, 'small square'),
    h('span', {}, h('b', {}, company.name), h('small', {}, `${company.industry} · ${company.city}`)),
  )
}

/** The timeline, newest first, with a field to add a note: as in a real CRM, kept until the page is loaded anew. */
function timeline(contact) {
  const list = h('ol', { class: 'timeline' }, ...data.activities.filter(({ contactId }) => contactId === contact.id).map(entry))
  const field = h('textarea', { rows: 2, placeholder: 'Write a note…', 'aria-label': 'Write a note' })
  const add = () => {
    const text = field.value.trim()
    if (!text) return
    const activity = { contactId: contact.id, kind: 'note', title: 'Note', text, by: 'Alicja Nowak', hoursAgo: 0 }
    data.activities.unshift(activity)
    list.prepend(entry(activity))
    field.value = ''
  }
  return [h('div', { class: 'composer' }, field, h('button', { type: 'button', onclick: add }, 'Save note')), list]
}

function entry(activity) {
  return h(
    'li',
    { class: `entry entry-${activity.kind}` },
    icon(activity.kind),
    h(
      'div',
      {},
      h('p', { class: 'entry-head' }, h('b', {}, activity.title), h('span', {}, `${activity.by} · ${ago(activity.hoursAgo)}`)),
      h('p', {}, activity.text),
    ),
  )
}
