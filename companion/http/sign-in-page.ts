import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

const words = {
  en: {
    lang: 'en',
    title: 'Sign in to Ringside',
    intro: 'This link signs you in once, within a day. It is for the Ringside extension, not for this page.',
    copy: 'Copy the whole link below.',
    open: 'Open Ringside from your browser’s toolbar.',
    paste: 'Paste the link there, and press Sign in.',
    label: 'Your sign-in link',
    button: 'Copy',
    done: 'Copied. Now paste it in the extension.',
    failed: 'The browser did not allow that. The link is selected: press Ctrl+C or ⌘C.',
    incomplete: 'This link is incomplete. Open the whole link that your admin sent, to its end.',
  },
  pl: {
    lang: 'pl',
    title: 'Zaloguj się do Ringside',
    intro: 'Ten link loguje jeden raz, w ciągu doby. Jest dla rozszerzenia Ringside, nie dla tej strony.',
    copy: 'Skopiuj cały link poniżej.',
    open: 'Otwórz Ringside z paska narzędzi przeglądarki.',
    paste: 'Wklej tam link i naciśnij Zaloguj się.',
    label: 'Twój link do logowania',
    button: 'Kopiuj',
    done: 'Skopiowano. Teraz wklej go w rozszerzeniu.',
    failed: 'Przeglądarka na to nie pozwoliła. Link jest zaznaczony: naciśnij Ctrl+C lub ⌘C.',
    incomplete: 'Ten link jest niepełny. Otwórz cały link od administratora, do samego końca.',
  },
}

const template = readFileSync(new URL('./sign-in-page.html', import.meta.url), 'utf8')
const hashOf = (tag: 'style' | 'script') => {
  const text = new RegExp(`<${tag}>(.*)</${tag}>`, 's').exec(template)?.[1] ?? ''
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
const policy = `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Where a sign-in link leads in a browser: says what to do with it. The secret is behind the `#`, so it never comes here. */
export function serveSignInPage(server: FastifyInstance): void {
  const pages = { en: render(words.en), pl: render(words.pl) }
  server.get('/sign-in', (request, reply) => {
    const polish = /^\s*pl\b/i.test(request.headers['accept-language'] ?? '')
    return reply
      .header('content-security-policy', policy)
      .type('text/html; charset=utf-8')
      .send(polish ? pages.pl : pages.en)
  })
}

const render = (of: Record<string, string>) =>
  template.replace('lang="en"', `lang="${of.lang}"`).replace(/\{\{(\w+)\}\}/g, (_, name) => of[name] ?? '')
