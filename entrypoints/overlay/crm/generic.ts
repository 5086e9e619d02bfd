/**
 * Any CRM that we do not know: what pages say of themselves in schema.org's words, and `tel:` links next to a name. Conservative:
 * a number with nobody's name beside it is nobody's.
 */

import { type Crm, listLimit } from './crm.ts'
import { addressOf, contact, emailIn, numberIn, textOf, words } from './read.ts'

/** Boxes in which one record is listed. */
const rows = 'tr, li, article, [role=row], [role=listitem], [itemscope]'
const phones = 'a[href^="tel:"]'

export const generic: Crm = {
  matches: () => true,

  open(page) {
    return described(page) ?? headed(page)
  },

  listed(page) {
    const found = new Map<string, NonNullable<ReturnType<typeof contact>>>()
    for (const link of page.querySelectorAll<HTMLAnchorElement>(phones)) {
      if (found.size >= listLimit) break
      const row = link.closest(rows)
      const number = numberIn(link.getAttribute('href'))
      if (!row || !number || found.has(number)) continue
      // A row with several people's numbers does not say whose is whose.
      const numbers = new Set([...row.querySelectorAll(phones)].map((each) => numberIn(each.getAttribute('href'))))
      if (numbers.size > 2) continue
      const person = row.querySelector<HTMLAnchorElement>(
        '[itemprop=name], th[scope=row], h2, h3, a[href]:not([href^="tel:"]):not([href^="mailto:"])',
      )
      const read = contact({
        name: words(person),
        number,
        email: emailIn(row.querySelector('a[href^="mailto:"]')?.getAttribute('href')),
        url: person?.href ? addressOf(person.href) : undefined,
      })
      if (read) found.set(number, read)
    }
    return [...found.values()]
  },
}

/** A record in schema.org microdata. */
function described(page: Document) {
  const people = page.querySelectorAll('[itemtype$="schema.org/Person"], [itemtype$="schema.org/Organization"]')
  const [one] = people
  if (!one || people.length > 1) return null
  return contact({
    name: textOf(one, '[itemprop=name]'),
    number: numberIn(one.querySelector('[itemprop=telephone]')?.getAttribute('href')) ?? numberIn(textOf(one, '[itemprop=telephone]')),
    company: textOf(one, '[itemprop=worksFor]'),
    email: emailIn(one.querySelector('[itemprop=email]')?.getAttribute('href')),
    url: addressOf(page.URL),
  })
}

/** A page with one heading and one number: a record in all likelihood. */
function headed(page: Document) {
  const [heading, ...others] = page.querySelectorAll('h1')
  const links = [...page.querySelectorAll(phones)]
  const numbers = new Set(links.map((link) => numberIn(link.getAttribute('href'))))
  if (!heading || others.length > 0 || numbers.size !== 1) return null
  return contact({
    name: words(heading),
    number: numberIn(links[0]?.getAttribute('href')),
    email: emailIn(page.querySelector('main a[href^="mailto:"], article a[href^="mailto:"]')?.getAttribute('href')),
    url: addressOf(page.URL),
  })
}
