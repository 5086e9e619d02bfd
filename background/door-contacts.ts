import type { FromDoor } from '../utils/messages.ts'
import type { Contact } from '../utils/protocol/index.ts'

/** Milliseconds that a CRM's page has to answer whose number it is; the ring does not wait for it. */
const patience = 400

/** Contacts that a page told us, with only what that site may say: an address elsewhere could be anything's. */
export function trusted({ contacts, open }: Extract<FromDoor, { type: 'seen' }>, origin: string): Contact[] {
  return [...(open ? [open] : []), ...contacts].map((contact) => withOwnUrl(contact, origin))
}

export function withOwnUrl(contact: Contact, origin: string): Contact {
  const { url, ...rest } = contact
  return url && new URL(url).origin === origin ? contact : rest
}

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
