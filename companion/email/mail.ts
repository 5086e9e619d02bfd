/** E-mail, where a mail server is configured (SMTP_URL). Nothing depends on it: every link is also shown to the admin who made it. */
import { createTransport } from 'nodemailer'
import { withoutData } from '../http/errors.ts'
import type { Log } from '../log.ts'

export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string
  /** Whom mail is from: `Ringside <calls@example.com>`. */
  from: string
}

export interface Mail {
  to: string
  subject: string
  text: string
}

/** An admin waits for it. Milliseconds. */
const PATIENCE_MS = 8000

/** True once the mail server took it; false, and a line in the log, where it did not. */
export async function sendMail({ url, from }: MailSettings, mail: Mail, log: Log): Promise<boolean> {
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS }
  const transport = createTransport({ url, ...patience })
  try {
    await transport.sendMail({ from, ...mail })
    return true
  } catch (error) {
    log.warn(withoutData(error), 'a mail could not be sent')
    return false
  } finally {
    transport.close()
  }
}
