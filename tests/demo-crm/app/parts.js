/** Pieces that several pages share. */
import { h, icon } from './dom.js'
import { nationalNumber } from './format.js'

export const phoneLink = (number, field = 'phone') =>
  h('a', { href: `tel:${number}`, itemprop: 'telephone', 'data-field': field, 'data-value': number }, nationalNumber(number))

export const emailLink = (email) => h('a', { href: `mailto:${email}`, itemprop: 'email', 'data-field': 'email' }, email)

export const tag = (text) => h('span', { class: `tag tag-${text.toLowerCase().replaceAll(' ', '-')}` }, text)

/** A page's head: title, how many, and a search field that filters the rows as one types. */
export function listHead(title, count, label, rows) {
  const search = h('input', {
    type: 'search',
    placeholder: label,
    'aria-label': label,
    oninput: () => {
      const words = search.value.toLocaleLowerCase().trim().split(/\s+/)
      for (const row of rows) row.hidden = !words.every((word) => row.dataset.text.includes(word))
    },
  })
  return h(
    'div',
    { class: 'list-head' },
    h('div', {}, h('h1', {}, title), h('p', {}, `${count} records`)),
    h('label', { class: 'search' }, icon('search'), search),
  )
}

/** A table whose rows are links as a whole. */
export function table(columns, rows) {
  return h(
    'div',
    { class: 'table-frame' },
    h('table', {}, h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)))), h('tbody', {}, ...rows)),
  )
}

export function row(text, ...cells) {
  return h('tr', { 'data-text': text.toLocaleLowerCase() }, ...cells.map((cell) => h('td', {}, cell)))
}

/** A definition list of what is known about a record. */
export function facts(entries) {
  return h(
    'dl',
    { class: 'facts' },
    ...entries.filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )
}

export const card = (title, ...children) => h('section', { class: 'card' }, h('h2', {}, title), ...children)
