import type { Invitation, Person } from '../../utils/protocol/index.ts'
import { sendMail } from '../email/mail.ts'
import type { Companion } from '../parts.ts'
import type { Writer } from '../store/store.ts'
import { LINK_MS, makeLink } from './sign-in.ts'

/** A new link for somebody. `alone`: those before it are void. */
export async function newLink(writer: Writer, userId: string, publicUrl: string, { alone }: { alone: boolean }): Promise<Invitation> {
  if (alone) await writer.db.deleteFrom('sign_in_links').where('user_id', '=', userId).where('used_at', 'is', null).execute()
  const link = await makeLink(writer, userId, publicUrl)
  return { link, expiresAt: new Date(writer.now.getTime() + LINK_MS).toISOString(), mailed: false }
}

const words = {
  en: {
    subject: 'Your sign-in link for Ringside',
    text: (name: string, link: string) =>
      `Hello ${name},\n\nhere is your sign-in link for Ringside. It works once, within 24 hours:\n\n${link}\n\nOpen Ringside from your browser’s toolbar and paste the whole link there.\n`,
  },
  pl: {
    subject: 'Twój link do logowania w Ringside',
    text: (name: string, link: string) =>
      `Dzień dobry, ${name},\n\noto link do logowania w Ringside. Działa jeden raz, w ciągu 24 godzin:\n\n${link}\n\nOtwórz Ringside z paska narzędzi przeglądarki i wklej tam cały link.\n`,
  },
}

/** Also sends it, where there is a mail server and an address. */
export async function mailLink({ config, log }: Companion, person: Person, invitation: Invitation): Promise<Invitation> {
  if (!config.mail || person.email === null) return invitation
  const { subject, text } = words[person.language]
  const mailed = await sendMail(config.mail, { to: person.email, subject, text: text(person.name, invitation.link) }, log)
  return { ...invitation, mailed }
}
