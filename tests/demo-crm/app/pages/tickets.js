import { contactOf, data, nameOf, ticketOf } from '../data.js'
import { avatar, h } from '../dom.js'
import { ago } from '../format.js'
import { card, facts, listHead, phoneLink, row, table, tag } from '../parts.js'

export function ticketList() {
  const rows = data.tickets.map((ticket) => {
    const contact = contactOf(ticket.contactId)
    return row(
      `${ticket.id} ${ticket.subject} ${nameOf(contact)} ${ticket.status}`,
      h('a', { class: 'person', href: `/tickets/${ticket.id}` }, ticket.subject),
      h('a', { class: 'quiet', href: `/contacts/${contact.id}` }, nameOf(contact)),
      tag(ticket.status),
      tag(ticket.priority),
      ago(ticket.openedDaysAgo * 24 + 2),
    )
  })
  return {
    title: 'Tickets',
    content: [
      listHead('Tickets', rows.length, 'Search subject, contact, status', rows),
      table(['Subject', 'Contact', 'Status', 'Priority', 'Opened'], rows),
    ],
  }
}

export function ticketPage(id) {
  const ticket = ticketOf(id)
  if (!ticket) return undefined
  const contact = contactOf(ticket.contactId)
  return {
    title: ticket.subject,
    content: [
      h('p', { class: 'crumbs' }, h('a', { href: '/tickets' }, 'Tickets'), ' / ', `#${id}`),
      h(
        'article',
        { class: 'record', 'data-record-type': 'ticket', 'data-record-id': id },
        h(
          'div',
          { class: 'about' },
          card(
            'About this ticket',
            facts([
              ['Number', `#${id}`],
              ['Status', tag(ticket.status)],
              ['Priority', tag(ticket.priority)],
              ['Opened', ago(ticket.openedDaysAgo * 24 + 2)],
              ['Owner', contact.owner],
            ]),
          ),
        ),
        h('div', { class: 'middle' }, h('h1', {}, ticket.subject), h('p', { class: 'description' }, ticket.description)),
        h('div', { class: 'related' }, card('Contact', requester(contact))),
      ),
    ],
  }
}

function requester(contact) {
  return h(
    'div',
    { class: 'mini' },
    avatar(nameOf(contact), 'small'),
    h('span', {}, h('a', { href: `/contacts/${contact.id}` }, h('b', {}, nameOf(contact))), h('small', {}, phoneLink(contact.phone))),
  )
}

/** A ticket as other records show it. */
export function ticketCard(ticket) {
  return h(
    'a',
    { class: 'mini', href: `/tickets/${ticket.id}` },
    h('span', {}, h('b', {}, ticket.subject), h('small', {}, `#${ticket.id} · ${ago(ticket.openedDaysAgo * 24 + 2)}`)),
    tag(ticket.status),
  )
}
