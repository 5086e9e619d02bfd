/** The router: paths are pages, links are followed with pushState, and nothing is ever loaded anew. */
import { load } from './data.js'
import { h } from './dom.js'
import { companyList, companyPage } from './pages/companies.js'
import { contactPage } from './pages/contact.js'
import { contactList } from './pages/contacts.js'
import { ticketList, ticketPage } from './pages/tickets.js'
import { shell } from './shell.js'

const routes = [
  [/^\/contacts$/, contactList],
  [/^\/contacts\/(\d+)$/, contactPage],
  [/^\/companies$/, companyList],
  [/^\/companies\/(\d+)$/, companyPage],
  [/^\/tickets$/, ticketList],
  [/^\/tickets\/(\d+)$/, ticketPage],
]

function show(main) {
  const path = location.pathname === '/' ? '/contacts' : location.pathname.replace(/\/$/, '')
  const [pattern, page] = routes.find(([pattern]) => pattern.test(path)) ?? [/./, missing]
  const { title, content } = page(Number(path.match(pattern)?.[1])) ?? missing()
  document.title = `${title} · Meadow CRM`
  main.replaceChildren(...content)
  main.scrollTop = 0
  for (const link of document.querySelectorAll('nav a')) link.ariaCurrent = path.startsWith(link.pathname) ? 'page' : null
}

function missing() {
  return {
    title: 'Not found',
    content: [h('div', { class: 'empty' }, h('h1', {}, 'There is no such record'), h('a', { href: '/contacts' }, 'Back to contacts'))],
  }
}

await load()
const main = h('main', { tabIndex: -1 })
document.body.append(shell(), main)
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]')
  if (!link || link.origin !== location.origin || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  show(main)
})
addEventListener('popstate', () => show(main))
show(main)
