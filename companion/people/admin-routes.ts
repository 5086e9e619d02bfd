import { RingsideError } from '../../utils/protocol/index.ts'
import { readCompany } from '../company/company.ts'
import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { audit, listAudit } from './audit.ts'
import type { Release } from './disable.ts'
import { mailLink, newLink } from './invitation.ts'
import { lockUser, viewPeople, viewPerson } from './people.ts'
import { addPerson, savePerson } from './save-person.ts'
import { disablePerson, enablePerson } from './switch-person.ts'
import { deleteTeam, saveTeam, viewTeams } from './teams.ts'

/** `release` gives up the calls that somebody holds who was just switched off. */
export function serveAdminPeople(companion: Companion, handle: Handle, release: Release): void {
  const { store, clock, config } = companion

  handle('listPeople', async () => ({
    people: await viewPeople(store.db, clock.now()),
    teams: await viewTeams(store.db),
    company: await readCompany(store.db),
  }))

  handle('invitePerson', async ({ user, params, body }) => {
    const { person, fresh, link } = await store.write(async (writer) => {
      const added = await addPerson(writer, user, { id: params.personId, ...body })
      // Asked again because the answer was lost: the link that was mailed stays good.
      return { ...added, link: await newLink(writer, params.personId, config.publicUrl, { alone: false }) }
    })
    const mailed = Boolean(config.mail) && person.email !== null
    return { person, invitation: fresh ? await mailLink(companion, person, link) : { ...link, mailed } }
  })

  handle('savePerson', ({ user, params, body }) => store.write((writer) => savePerson(writer, user, { id: params.personId, ...body })))

  handle('makeLink', async ({ user, params }) => {
    const { person, link } = await store.write(async (writer) => {
      const { name, disabled_at } = await lockUser(writer.db, params.personId)
      if (disabled_at !== null) throw new RingsideError('user_disabled')
      await audit(writer, { by: user.id, act: 'link-made', subject: name, before: null, after: null })
      const link = await newLink(writer, params.personId, config.publicUrl, { alone: true })
      return { person: await viewPerson(writer.db, writer.now, params.personId), link }
    })
    return mailLink(companion, person, link)
  })

  handle('disablePerson', ({ user, params }) => store.write((writer) => disablePerson(writer, user, { id: params.personId, release })))
  handle('enablePerson', ({ user, params }) => store.write((writer) => enablePerson(writer, user, params.personId)))

  handle('saveTeam', ({ user, params, body }) => store.write((writer) => saveTeam(writer, user, { id: params.teamId, ...body })))
  handle('deleteTeam', ({ user, params }) =>
    store.write(async (writer) => {
      await deleteTeam(writer, user, params.teamId)
      return {}
    }),
  )

  handle('listAudit', ({ query }) => listAudit(store.db, query))
}
