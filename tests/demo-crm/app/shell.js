import { avatar, h, icon } from './dom.js'

/** The frame around every page: brand, navigation, who is signed in. */
export function shell() {
  return h(
    'header',
    { class: 'sidebar' },
    h('a', { class: 'brand', href: '/contacts' }, h('img', { src: '/logo.svg', alt: '', width: 26, height: 26 }), 'Meadow'),
    h(
      'nav',
      { 'aria-label': 'Main' },
      ...[
        ['contacts', 'Contacts'],
        ['companies', 'Companies'],
        ['tickets', 'Tickets'],
      ].map(([path, name]) => h('a', { href: `/${path}` }, icon(path), name)),
    ),
    h(
      'div',
      { class: 'signed-in' },
      avatar('Alicja Nowak', 'small'),
      h('span', {}, h('b', {}, 'Alicja Nowak'), h('small', {}, 'Customer care')),
    ),
  )
}
