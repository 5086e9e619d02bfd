/** Small readers that the CRMs share. A page may hold anything, so every text is cut and every number must be a whole one. */
import type { Contact } from '../../../utils/protocol/primitives.ts'

/** E.164 from a `tel:` link or a text; null where the country is not said: a wrong guess would show a stranger's name. */
export function numberIn(text: string | null | undefined): string | null {
  const said = decode(text ?? '')
    .replace(/^tel:/i, '')
    .split(/[;,x]/i)[0]
    ?.replace(/[\s().\-/\u00a0\u2010-\u2015]/g, '')
    .replace(/^00/, '+')
  return said && /^\+[1-9]\d{6,14}$/.test(said) ? said : null
}

export function emailIn(text: string | null | undefined): string | undefined {
  const said = decode(text ?? '')
    .replace(/^mailto:/i, '')
    .split('?')[0]
    ?.trim()
  return said && said.length <= 320 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i.test(said) ? said : undefined
}

const decode = (text: string) => {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** One line of text, at most 200 characters; undefined where nothing is left. */
export const line = (text: string | null | undefined) => text?.replace(/\s+/g, ' ').trim().slice(0, 200) || undefined

/** What an element says to a person: without what is there for the eye only, such as initials in a circle. */
export const words = (from: Element | null | undefined) => line(from && spoken(from))

const spoken = (from: Element): string =>
  [...from.childNodes]
    .map((node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.nodeValue
      return node instanceof Element && node.ariaHidden !== 'true' ? spoken(node) : ''
    })
    .join('')

export const textOf = (from: ParentNode, selector: string) => words(from.querySelector(selector))

/** The address of a record without what may be secret in it. */
export const addressOf = (href: string) => (/^https?:/.test(href) && href.length <= 2000 ? href.split('#')[0] : undefined)

export interface Read {
  name: string | undefined
  number: string | null
  company?: string | undefined
  email?: string | undefined
  url?: string | undefined
}

/** A contact, or null where the name or the number is missing: without either it is of no use. Absent fields stay absent. */
export function contact({ name, number, ...rest }: Read): Contact | null {
  if (!name || !number) return null
  return { name, number, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) }
}
