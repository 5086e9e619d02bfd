import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { setWanted } from './availability.ts'
import { emitMe } from './me.ts'
import { resumeSession } from './resume.ts'
import { revokeSessions } from './sessions.ts'
import { signIn } from './sign-in.ts'

export function servePeople({ store }: Companion, handle: Handle): void {
  handle('signIn', ({ body }) => store.write((writer) => signIn(writer, body)))

  handle('resumeSession', ({ body }) => store.write((writer) => resumeSession(writer, body)))

  handle('signOut', ({ session, user }) =>
    store.write(async (writer) => {
      await revokeSessions(writer, { sessionId: session.id })
      await emitMe(writer, user.id)
      return {}
    }),
  )

  handle('setWanted', ({ user, body }) => store.write((writer) => setWanted(writer, user.id, body.wanted)))
}
