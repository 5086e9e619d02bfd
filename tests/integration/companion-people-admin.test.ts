import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listAudit } from '../../companion/people/audit.ts'
import type { Person, PersonInput } from '../../utils/protocol/index.ts'
import { type AdminWorld, startAdminWorld } from '../kit/admin-world.ts'
import { openHeadlessAgent } from '../kit/headless-agent.ts'
import { until } from '../kit/process.ts'
import { stopTestStores, storeKinds } from '../kit/store.ts'

afterAll(stopTestStores)

describe.each(storeKinds)('people on %s', (kind) => {
  let world: AdminWorld
  let installed = true
  beforeAll(async () => {
    const started = await startAdminWorld(kind)
    installed = started !== undefined
    if (started) world = started
  }, 120_000)
  beforeEach(({ skip }) => skip(!installed, 'PostgreSQL is not installed'))
  afterAll(() => world?.close())

  const input = (name: string, more: Partial<PersonInput> = {}): PersonInput => ({
    name,
    email: null,
    role: 'agent',
    seat: false,
    language: 'pl',
    teamIds: [],
    ...more,
  })
  const invite = (name: string, more: Partial<PersonInput> = {}, personId: string = randomUUID()) =>
    world.ask('invitePerson', { personId }, input(name, more))
  const personOf = async (id: string): Promise<Person | undefined> => (await world.ask('listPeople')).people.find((each) => each.id === id)
  const acts = async (subject: string) => (await world.ask('listAudit')).lines.filter((line) => line.subject === subject)
  const limitSeats = (free: number | null) =>
    world
      .ask('readCompany')
      .then(({ seatsUsed, outboundCountries }) =>
        world.ask('saveCompany', {}, { seatLimit: free === null ? null : seatsUsed + free, outboundCountries }),
      )
  const signIn = (link: string) => openHeadlessAgent(world.app.companion.config.publicUrl, link)

  /** A channel of these teams, with a number. */
  const makeChannel = (teamIds: readonly string[]) =>
    world.store.write(async ({ db, now }) => {
      const [id, numberId] = [randomUUID(), randomUUID()]
      const greeting = { text: 'Hello', language: 'en-US', voice: null, uploadId: null }
      const greetings = { inHours: greeting, afterHours: greeting, closed: greeting }
      await db.insertInto('numbers').values({ id: numberId, e164: '+48221234567', country: 'PL', created_at: now }).execute()
      await db
        .insertInto('channels')
        .values({ id, name: 'Help', number_id: numberId, time_zone: 'Europe/Warsaw', ring_seconds: 30, greetings, created_at: now })
        .execute()
      await db
        .insertInto('channel_teams')
        .values(teamIds.map((team_id) => ({ channel_id: id, team_id })))
        .execute()
      return id
    })

  test('an invited person signs in once with the link; the same invitation again makes nobody twice', async () => {
    const personId = randomUUID()
    const { person, invitation } = await invite('Iga Nowak', { email: 'iga@example.com', seat: true }, personId)
    expect(person).toMatchObject({ id: personId, invited: true, disabled: false, status: 'away' })
    expect(invitation.mailed).toBe(false)
    const again = await invite('Iga Nowak', { email: 'iga@example.com', seat: true }, personId)
    expect(again.person).toEqual(person)
    const agent = await signIn(invitation.link)
    agent.close()
    expect(agent.userId).toBe(personId)
    await expect(signIn(invitation.link)).rejects.toThrow('link_expired')
    expect((await personOf(personId))?.invited).toBe(false)
    expect(await acts('Iga Nowak')).toMatchObject([
      { act: 'person-invited', by: { name: 'Ada Admin' }, after: { email: 'iga@example.com' } },
    ])
    const other = await world.refused('invitePerson', { personId }, input('Somebody Else'))
    expect(other.code).toBe('bad_request')
  })

  test('a new link ends those before it', async () => {
    const { person, invitation } = await invite('Link Twice')
    const newer = await world.ask('makeLink', { personId: person.id }, {})
    await expect(signIn(invitation.link)).rejects.toThrow('link_expired')
    const agent = await signIn(newer.link)
    agent.close()
    expect((await acts('Link Twice')).map((line) => line.act)).toEqual(['link-made', 'person-invited'])
  })

  test('one address is one person’s, in capitals too', async () => {
    await invite('First Holder', { email: 'One@Example.com' })
    const taken = await world.refused('invitePerson', { personId: randomUUID() }, input('Second', { email: 'one@example.COM' }))
    expect(taken).toMatchObject({ code: 'email_taken', details: { by: 'First Holder' } })
    const { person } = await invite('Third', { email: 'third@example.com' })
    expect((await world.refused('savePerson', { personId: person.id }, { email: 'ONE@example.com' })).code).toBe('email_taken')
    expect((await world.ask('savePerson', { personId: person.id }, { email: 'THIRD@example.com' })).email).toBe('THIRD@example.com')
  })

  test('there are as many seats as the limit says, also for those who ask at once', async () => {
    await limitSeats(2)
    const wishes = Array.from({ length: 6 }, (_, i) =>
      world.admin.call('invitePerson', { personId: randomUUID() }, input(`Seat ${i}`, { seat: true })),
    )
    const replies = await Promise.all(wishes)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(2)
    for (const { status, reply } of replies) if (status !== 200) expect(reply).toMatchObject({ error: { code: 'no_seat_left' } })

    const { person } = await invite('Standing')
    expect((await world.refused('savePerson', { personId: person.id }, { seat: true })).code).toBe('no_seat_left')
    const holder = (await world.ask('listPeople')).people.find((each) => each.name.startsWith('Seat '))
    await world.ask('savePerson', { personId: holder?.id ?? '' }, { seat: false })
    expect((await world.ask('savePerson', { personId: person.id }, { seat: true })).seat).toBe(true)
    await limitSeats(null)
  })

  test('who is switched off frees their seat, and comes back only to a free one', async () => {
    const { person } = await invite('On Leave', { seat: true })
    await limitSeats(0)
    await world.ask('disablePerson', { personId: person.id }, {})
    const { person: stand } = await invite('Stand-in', { seat: true })
    expect((await world.refused('enablePerson', { personId: person.id }, {})).code).toBe('no_seat_left')
    await world.ask('savePerson', { personId: stand.id }, { seat: false })
    expect(await world.ask('enablePerson', { personId: person.id }, {})).toMatchObject({ disabled: false, seat: true })
    await limitSeats(null)
  })

  test('somebody stays admin, whoever asks', async () => {
    const me = { personId: world.admin.userId }
    expect((await world.refused('disablePerson', me, {})).code).toBe('last_admin')
    expect((await world.refused('savePerson', me, { role: 'agent' })).code).toBe('last_admin')
    const { person: second } = await invite('Second Admin', { role: 'admin' })
    // Both at once: one of the two must stay.
    const replies = await Promise.all([
      world.admin.call('savePerson', { personId: second.id }, { role: 'agent' }),
      world.admin.call('disablePerson', { personId: second.id }, {}),
    ])
    expect(replies.map(({ status }) => status)).toEqual([200, 200])
    expect((await world.refused('savePerson', me, { role: 'agent' })).code).toBe('last_admin')
    await world.ask('enablePerson', { personId: second.id }, {})
    await world.ask('savePerson', { personId: second.id }, { role: 'admin' })
    await world.ask('savePerson', { personId: second.id }, { role: 'agent' })
  })

  test('who is switched off is signed out everywhere, and no link lets them in', async () => {
    const { person, invitation } = await invite('Gone Today', { seat: true })
    const spare = await world.ask('makeLink', { personId: person.id }, {})
    await expect(signIn(invitation.link)).rejects.toThrow('link_expired')
    const agent = await signIn(spare.link)
    const unused = await world.ask('makeLink', { personId: person.id }, {})
    expect(await world.ask('disablePerson', { personId: person.id }, {})).toMatchObject({ disabled: true })
    expect((await agent.call('setWanted', {}, { wanted: true })).status).toBe(403)
    expect(await world.store.db.selectFrom('browsers').select('id').where('user_id', '=', person.id).execute()).toEqual([])
    await expect(signIn(unused.link)).rejects.toThrow('link_expired')
    expect((await world.refused('makeLink', { personId: person.id }, {})).code).toBe('user_disabled')
    agent.close()
    expect((await acts('Gone Today'))[0]).toMatchObject({ act: 'person-disabled', before: { disabled: false }, after: { disabled: true } })
  })

  test('whoever lacks a seat always sees who can grant one', async () => {
    const { invitation } = await invite('Without Seat')
    const agent = await signIn(invitation.link)
    const seen = async (name: string, there: boolean) => until(() => agent.me().admins.some((admin) => admin.name === name) === there)
    const { person } = await invite('Third Admin', { role: 'admin' })
    await seen('Third Admin', true)
    await world.ask('savePerson', { personId: person.id }, { name: 'Renamed Admin' })
    await seen('Renamed Admin', true)
    await world.ask('savePerson', { personId: person.id }, { role: 'agent' })
    await seen('Renamed Admin', false)
    await world.ask('savePerson', { personId: person.id }, { role: 'admin' })
    await seen('Renamed Admin', true)
    await world.ask('disablePerson', { personId: person.id }, {})
    await seen('Renamed Admin', false)
    agent.close()
  })

  test('saving says what changed, and only that', async () => {
    const { person } = await invite('Before Name')
    await world.ask('savePerson', { personId: person.id }, { name: 'After Name', language: 'pl' })
    await world.ask('savePerson', { personId: person.id }, { name: 'After Name' })
    expect(await acts('After Name')).toMatchObject([
      { act: 'person-saved', before: { name: 'Before Name' }, after: { name: 'After Name' } },
    ])
    expect(Object.keys((await acts('After Name'))[0]?.after ?? {})).toEqual(['name'])
    expect((await world.refused('savePerson', { personId: randomUUID() }, { name: 'Nobody' })).code).toBe('not_found')
  })

  test('a team’s members are its channels’ users, from the moment they are in it', async () => {
    const { id, agent } = await world.addUser('Team Mate', { ready: true })
    const teamId = randomUUID()
    await world.ask('saveTeam', { teamId }, { name: 'Night', memberIds: [] })
    const channelId = await makeChannel([teamId])
    expect(agent?.me().channels).toEqual([])
    await world.ask('saveTeam', { teamId }, { name: 'Night', memberIds: [id] })
    await until(() => agent?.me().channels.length === 1)
    expect((await personOf(id))?.teamIds).toEqual([teamId])
    await world.ask('savePerson', { personId: id }, { teamIds: [] })
    await until(() => agent?.me().channels.length === 0)
    await world.ask('savePerson', { personId: id }, { teamIds: [teamId] })

    const { revision } = await world.ask('readChannel', { channelId })
    await world.ask('deleteTeam', { teamId }, {})
    await until(() => agent?.me().channels.length === 0)
    expect(await world.ask('readChannel', { channelId })).toMatchObject({ revision: revision + 1, settings: { teamIds: [] } })
    expect((await acts('Night')).map((line) => line.act)).toEqual(['team-deleted', 'team-saved', 'team-saved'])
    expect((await world.refused('deleteTeam', { teamId }, {})).code).toBe('not_found')
    expect((await world.refused('saveTeam', { teamId }, { name: 'X', memberIds: [randomUUID()] })).details).toMatchObject({
      at: 'memberIds.0',
    })
  })

  test('the audit log is read page by page, newest first', async () => {
    const all = (await world.ask('listAudit')).lines
    const { db } = world.store
    const first = await listAudit(db, { limit: 2 })
    const second = await listAudit(db, { limit: 2, before: first.lines[1]?.id })
    expect([...first.lines, ...second.lines]).toEqual(all.slice(0, 4))
    expect(first.more).toBe(true)
    const oldest = (await listAudit(db, { limit: 200 })).lines.at(-1)
    expect(await listAudit(db, { limit: 2, before: oldest?.id })).toEqual({ lines: [], more: false })
  })

  test('an agent may do none of it', async () => {
    const { agent } = await world.addUser('Only An Agent', { ready: true })
    for (const name of ['listPeople', 'listAudit', 'readCompany', 'readTickets'] as const)
      expect((await agent?.call(name, {}))?.status).toBe(403)
  })
})
