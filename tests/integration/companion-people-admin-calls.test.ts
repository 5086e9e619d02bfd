/** Switching somebody off while a caller is with them: the caller stays (P3). */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { listOffers } from '../../companion/calls/view.ts'
import { disablePerson } from '../../companion/people/switch-person.ts'
import { toIdentity } from '../../companion/twilio/identity.ts'
import { CALLER, type CallsWorld, CHANNEL_NUMBER, createCallsWorld, PUBLIC_URL, type TestUser } from '../kit/calls-world.ts'

let world: CallsWorld
beforeAll(async () => {
  world = (await createCallsWorld()) as CallsWorld
})
afterEach(async () => {
  await world.store.db.deleteFrom('audit').execute()
  await world.reset()
})
afterAll(() => world.close())

async function ring(...names: string[]) {
  const users = await world.addUsers(...names)
  await world.start()
  const caller = world.twilio.dial(CALLER, CHANNEL_NUMBER)
  await world.settle()
  const call = await world.callOf(caller)
  if (!call) throw new Error('no call')
  return { users: users as [TestUser, TestUser], caller, call }
}

const claim = (user: TestUser, { id, epoch }: { id: string; epoch: number }) =>
  world.companion().calls.accept({ callId: id, userId: user.id, browserId: user.browserId, epoch, contact: null })

async function answer(user: TestUser, call: { id: string; epoch: number }) {
  const { epoch } = await claim(user, call)
  const leg = world.twilio.connect(toIdentity(user.id), `${PUBLIC_URL}/twilio/join`, {
    call: call.id,
    epoch: String(epoch),
    browser: user.browserId,
  })
  await world.settle()
  return leg
}

async function switchOff(user: TestUser) {
  const { release } = world.companion().calls
  await world.store.write(async (writer) => {
    const id = randomUUID()
    const admin = await writer.db
      .insertInto('users')
      .values({ id, name: 'Ada', role: 'admin', created_at: writer.now })
      .returningAll()
      .executeTakeFirstOrThrow()
    await disablePerson(writer, admin, { id: user.id, release })
  })
  await world.settle()
}

test('a live caller rings again for the others, who can answer; the leg of who was switched off ends', async () => {
  const { users, caller, call } = await ring('Anna', 'Bogdan')
  const [anna, bogdan] = users
  const leg = await answer(anna, call)
  expect((await world.callOf(caller))?.state).toBe('live')
  await switchOff(anna)
  await world.pass(10)
  expect(leg.status).toBe('completed')
  expect(caller.status).toBe('in-progress')
  const again = await world.callOf(caller)
  expect(again).toMatchObject({ state: 'ringing', claimed_by: null, epoch: call.epoch + 2 })
  expect(await listOffers(world.store.db, anna.id)).toEqual([])
  expect(await listOffers(world.store.db, bogdan.id)).toMatchObject([{ id: call.id }])
  await answer(bogdan, { id: call.id, epoch: call.epoch + 2 })
  expect(await world.callOf(caller)).toMatchObject({ state: 'live', claimed_by: bogdan.id })
})

test('so does one whom they have only just accepted', async () => {
  const { users, caller, call } = await ring('Anna', 'Bogdan')
  const { epoch } = await claim(users[0], call)
  await switchOff(users[0])
  const late = world.twilio.connect(toIdentity(users[0].id), `${PUBLIC_URL}/twilio/join`, {
    call: call.id,
    epoch: String(epoch),
    browser: users[0].browserId,
  })
  await world.settle()
  expect(late.status).toBe('completed')
  expect(caller.status).toBe('in-progress')
  expect((await world.callOf(caller))?.state).toBe('ringing')
})

test('one whom they accepted in the very moment waits for nobody: their leg is turned away, and the others ring', async () => {
  const { users, caller, call } = await ring('Anna', 'Bogdan')
  const { epoch } = await claim(users[0], call)
  // As if the claim had been committed just after the calls to give up were looked for.
  await world.store.write(({ db, now }) => db.updateTable('users').set({ disabled_at: now }).where('id', '=', users[0].id).execute())
  const late = world.twilio.connect(toIdentity(users[0].id), `${PUBLIC_URL}/twilio/join`, {
    call: call.id,
    epoch: String(epoch),
    browser: users[0].browserId,
  })
  await world.settle()
  expect(late.status).toBe('completed')
  await world.until(async () => (await world.callOf(caller))?.state === 'ringing', 'the others ring')
  expect(await listOffers(world.store.db, users[1].id)).toHaveLength(1)
})

test('with nobody left the caller comes to voicemail, and is not hung up on', async () => {
  const { users, caller, call } = await ring('Anna')
  await answer(users[0], call)
  await switchOff(users[0])
  await world.settle()
  expect(await world.callOf(caller)).toMatchObject({ state: 'voicemail', missed_reason: 'nobody-reachable' })
  expect(caller.status).toBe('in-progress')
})
