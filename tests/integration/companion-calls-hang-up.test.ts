/** A hang-up that comes late, because the companion could not be reached when the agent pressed it: their leg had left by then, and the caller rang on. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { callActs } from '../kit/calls-acts.ts'
import { type CallsWorld, createCallsWorld, type TestUser } from '../kit/calls-world.ts'

let world: CallsWorld
beforeAll(async () => {
  world = (await createCallsWorld()) as CallsWorld
})
afterEach(() => {
  vi.restoreAllMocks()
  return world.reset()
})
afterAll(() => world.close())

const { ring, answer, accept, state } = callActs(() => world)

/** Talks for a minute; then the agent's leg leaves without a word. */
async function talkAndLeave(...names: string[]) {
  const users = await world.addUsers(...names)
  const [anna] = users as [TestUser]
  await world.start()
  const { leg, call } = await ring(60)
  const { claim, leg: agent } = await answer(anna, call)
  await world.pass(60)
  const hangUp = (user = anna, epoch = claim.epoch) => world.companion().calls.hangUp({ callId: call.id, userId: user.id, epoch })
  const leave = async () => {
    world.twilio.hangUp(agent, 'crash')
    await world.settle()
  }
  return { users, anna, leg, call, claim, hangUp, leave }
}

it('ends the ring for everybody: the call was answered, and the thread is whose it was', async () => {
  const { anna, leg, call, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
  await leave()
  expect(await state(call.id)).toMatchObject({ row: { state: 'ringing' }, ledger: { Anna: 'ringing', Bogdan: 'ringing' } })
  expect(await hangUp()).toMatchObject({ state: 'ended', outcome: 'answered', claimedBy: { name: 'Anna' } })
  await world.settle()
  expect(leg).toMatchObject({ status: 'completed', endedBy: 'api' })
  const over = await state(call.id)
  expect(over.ledger).toEqual({ Anna: 'answered', Bogdan: 'lost' })
  expect(over.thread).toMatchObject({ owner_id: anna.id, missed: false })
  expect((over.row.ended_at?.getTime() ?? 0) - (over.row.live_at?.getTime() ?? 0)).toBe(60_000)
})

it('said twice, or at once by two browsers, does no more', async () => {
  const { call, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
  await leave()
  const both = await Promise.all([hangUp(), hangUp()])
  expect((await hangUp()).state).toBe('ended')
  expect(both.map(({ outcome }) => outcome ?? 'answered')).toEqual(['answered', 'answered'])
  await world.settle()
  expect((await state(call.id)).notifications).toEqual([])
})

it('takes the caller out of the greeting, and the missed mark and its notifications with it', async () => {
  const { anna, leg, call, hangUp, leave } = await talkAndLeave('Anna')
  await world.store.write(({ db }) => db.updateTable('users').set({ wanted: false }).where('id', '=', anna.id).execute())
  await leave()
  expect(leg.heard.at(-1)).toBe('say in hours')
  expect((await state(call.id)).notifications).toHaveLength(1)
  await hangUp()
  await world.settle()
  expect(leg.status).toBe('completed')
  const over = await state(call.id)
  expect(over.row).toMatchObject({ state: 'ended', outcome: 'answered', missed_reason: null })
  expect(over.thread).toMatchObject({ owner_id: anna.id, missed: false })
  expect(over.notifications.every(({ cleared_at }) => cleared_at !== null)).toBe(true)
})

it('does not cut a message that the caller is speaking', async () => {
  const { anna, leg, call, hangUp, leave } = await talkAndLeave('Anna')
  await world.store.write(({ db }) => db.updateTable('users').set({ wanted: false }).where('id', '=', anna.id).execute())
  await leave()
  await world.pass(31)
  await expect(hangUp()).rejects.toMatchObject({ code: 'call_over' })
  expect(leg.status).toBe('in-progress')
  await world.until(() => leg.status === 'completed')
  expect(await state(call.id)).toMatchObject({ row: { outcome: 'voicemail' }, thread: { missed: true } })
})

it('never ends the call of somebody who has it by now', async () => {
  const { users, leg, call, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
  const bogdan = users[1] as TestUser
  await leave()
  await answer(bogdan, (await state(call.id)).row)
  await expect(hangUp()).rejects.toMatchObject({ code: 'call_over' })
  await world.settle()
  expect(leg.status).toBe('in-progress')
  expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: bogdan.id })
})

it('does not end the call that the same agent has answered again since', async () => {
  const { anna, leg, call, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
  await leave()
  await answer(anna, (await state(call.id)).row)
  await expect(hangUp()).rejects.toMatchObject({ code: 'stale_epoch' })
  await world.settle()
  expect(leg.status).toBe('in-progress')
  expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: anna.id })
})

it('and an answer in the same moment never both win', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 6; round++) {
    const { users, leg, call, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
    const bogdan = users[1] as TestUser
    await leave()
    const { row } = await state(call.id)
    const race = round % 2 ? [() => hangUp(), () => accept(bogdan, row)] : [() => accept(bogdan, row), () => hangUp()]
    const results = await Promise.allSettled(race.map((act) => act()))
    await world.settle()
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { claimed_by } = (await state(call.id)).row
    expect(leg.status).toBe(claimed_by === bogdan.id ? 'in-progress' : 'completed')
    outcomes.add(leg.status)
    await world.reset()
  }
  expect(outcomes).toEqual(new Set(['in-progress', 'completed']))
})

it('is nobody else’s to say, nor of an older claim', async () => {
  const { users, leg, claim, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
  await leave()
  await expect(hangUp(users[1])).rejects.toMatchObject({ code: 'call_over' })
  await expect(hangUp(users[0], claim.epoch - 1)).rejects.toMatchObject({ code: 'call_over' })
  expect(leg.status).toBe('in-progress')
})

it('stays an intent while Twilio cannot be reached, also when the leg leaves meanwhile: the sweep carries it out', async () => {
  const { endCall } = world.twilio.provider
  let down = false
  vi.spyOn(world.twilio.provider, 'endCall').mockImplementation(async (sid) => (down ? Promise.reject(new Error('down')) : endCall(sid)))
  const { leg, call, hangUp, leave } = await talkAndLeave('Anna', 'Bogdan')
  down = true
  await leave()
  expect((await hangUp()).state).toBe('live')
  expect((await state(call.id)).ledger).toEqual({ Anna: 'answered', Bogdan: 'lost' })
  await world.pass(5)
  expect(leg.status).toBe('in-progress')
  down = false
  await world.until(() => leg.status === 'completed')
  await world.settle()
  expect((await state(call.id)).row).toMatchObject({ state: 'ended', outcome: 'answered' })
})
