import type { FromDoor } from '../utils/messages.ts'
import type { Contact } from '../utils/protocol/index.ts'

/** Milliseconds that a CRM's page has to answer whose number it is; the ring does not wait for it. */
const patience = 400

/** Contacts that a page told us, with only what that site may say. */
export function trusted({ contacts, open }: Extract<FromDoor, { type: 'seen' }>, origin: string): Contact[] {
  return [...(open ? [open] : []), ...contacts].map((contact) => ofSite(contact, origin)).filter((contact) => contact !== null)
}

/**
 * A page's word about somebody, marked as such: its address is always on that site, because an address elsewhere could be anything's and none
 * would leave open who said it. Letters that turn the reading order or cannot be seen are taken out: they can make a name look like another.
 */
export function ofSite({ url, name, company, ...rest }: Contact, origin: string): Contact | null {
  const [seenName, seenCompany] = [visible(name), visible(company ?? '')]
  if (!seenName) return null
  const own = url && new URL(url).origin === origin ? url : `${origin}/`
  return { ...rest, name: seenName, ...(seenCompany && { company: seenCompany }), url: own }
}

const visible = (text: string) =>
  text
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

interface Question {
  waiting: Set<object>
  number: string
  answer(contact: Contact | null): void
}

/** Questions to several doors at once; the first that knows wins. */
export function createFinder() {
  const questions = new Map<string, Question>()
  return {
    /** `ask` is called once per door. Resolves with null after 400 ms, or once all have said no. */
    find<Door extends object>(number: string, doors: Door[], ask: (door: Door, id: string) => void): Promise<Contact | null> {
      if (doors.length === 0) return Promise.resolve(null)
      const id = crypto.randomUUID()
      return new Promise((resolve) => {
        const answer = (contact: Contact | null) => {
          clearTimeout(timer)
          questions.delete(id)
          resolve(contact)
        }
        const timer = setTimeout(() => answer(null), patience)
        questions.set(id, { waiting: new Set(doors), number, answer })
        for (const door of doors) ask(door, id)
      })
    },
    /** A door's answer. One about another number than was asked for is no answer. */
    found(door: object, id: string, contact: Contact | null): void {
      const question = questions.get(id)
      if (!question?.waiting.delete(door)) return
      if (contact?.number === question.number) question.answer(contact)
      else if (question.waiting.size === 0) question.answer(null)
    },
  }
}
