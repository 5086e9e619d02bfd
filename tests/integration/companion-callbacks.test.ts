/** `join` and `unanswered` lost, late and doubled, and callbacks in another order: the caller is never lost, and nothing happens twice (P2, P9). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callActs } from '../kit/calls-acts.ts'
import { type CallsWorld, createCallsWorld, type TestUser } from '../kit/calls-world.ts'
import type { Fate } from '../kit/fake-twilio.ts'

let world: CallsWorld
beforeAll(async () => {
  world = (await createCallsWorld()) as CallsWorld
})
afterEach(() => world.reset())
afterAll(() => world.close())

const { ring, accept, answer, connect, state } = callActs(() => world)

/** The first requests to that door meet these fates, one each; all others are delivered. */
async function withFates(door: string, fates: Fate[], event?: string) {
  const left = [...fates]
  await world.reset((path, form) =>
    path === `/twilio/${door}` && (!event || form.StatusCallbackEvent === event) ? (left.shift() ?? 'deliver') : 'deliver',
  )
  const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
  await world.start()
  return { anna, bogdan, left }
}
const stateOf = async (callId: string) => (await state(callId)).row.state

describe('the winner’s leg asks to be let in', () => {
  it('and is not heard: the others ring, and one of them has the caller', async () => {
    const { anna, bogdan } = await withFates('join', ['lose'])
    const { leg, call } = await ring()
    await answer(anna, call)
    await world.until(async () => (await stateOf(call.id)) === 'ringing', 'the others ring')
    expect((await state(call.id)).ledger).toEqual({ Anna: 'audio-failed', Bogdan: 'ringing' })
    await answer(bogdan, (await state(call.id)).row)
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: bogdan.id })
    expect(leg.status).toBe('in-progress')
    expect(world.twilio.seen.agentsWithCaller).toBe(1)
  })

  it('late, but within the lease: they talk', async () => {
    const { anna } = await withFates('join', ['late'])
    const { call } = await ring()
    await answer(anna, call)
    expect(await stateOf(call.id)).toBe('claimed')
    await world.pass(8)
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: anna.id })
  })

  it('so late that somebody else has the caller: it is hung up on', async () => {
    const { anna, bogdan } = await withFates('join', ['late', 'late'])
    const { call } = await ring()
    const claim = await accept(anna, call)
    await world.pass(10)
    const late = connect(anna, claim)
    await world.pass(3)
    expect(await stateOf(call.id)).toBe('ringing')
    await answer(bogdan, (await state(call.id)).row)
    await world.until(async () => (await stateOf(call.id)) === 'live', 'they talk')
    expect(late.status).toBe('completed')
    expect(world.twilio.seen.agentsWithCaller).toBe(1)
  })

  it('twice: it is in once', async () => {
    const { anna } = await withFates('join', ['double'])
    const { leg, call } = await ring()
    const { leg: agent } = await answer(anna, call)
    expect(await stateOf(call.id)).toBe('live')
    expect([leg.status, agent.status]).toEqual(['in-progress', 'in-progress'])
  })
})

describe('the end of the ring time', () => {
  it.each([
    ['is not heard of: the fallback takes the message', 'lose', ['fallback', 'say in hours']],
    ['is heard of late', 'late', ['say in hours']],
    ['is told twice', 'double', ['say in hours']],
  ] as const)('%s: one missed thread with the message, one notification each', async (_, fate, heard) => {
    await withFates('unanswered', [fate])
    const { leg, call } = await ring(9)
    await world.until(() => leg.status === 'completed', 'the end of the message')
    await world.pass(30)
    expect(leg.heard.slice(1)).toEqual(heard)
    const over = await state(call.id)
    expect(over.row).toMatchObject({ state: 'ended', outcome: 'voicemail' })
    expect(over.thread).toMatchObject({ owner_id: null, missed: true })
    expect(over.entries.map(({ type }) => type).sort()).toEqual(['call', 'voicemail'])
    expect(over.notifications.map(({ kind }) => kind)).toEqual(['voicemail', 'voicemail'])
  })

  it('comes when somebody has just answered: the caller is brought to them', async () => {
    const { anna } = await withFates('unanswered', ['late'])
    const { leg, call } = await ring()
    await world.pass(31)
    await answer(anna, call)
    await world.pass(8)
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: anna.id })
    expect(leg.status).toBe('in-progress')
  })
})

describe('the two legs are told of in another order', () => {
  it.each(['participant-join', 'participant-leave'])('%s of the first comes after the second', async (event) => {
    const { anna } = await withFates('conference-status', ['late'], event)
    const { leg, call } = await ring()
    await answer(anna, call)
    await world.until(async () => (await stateOf(call.id)) === 'live', 'they talk')
    expect((await state(call.id)).row.claimed_by).toBe(anna.id)
    world.twilio.hangUp(leg)
    await world.until(async () => (await stateOf(call.id)) === 'ended', 'the end')
    await world.pass(10)
    expect((await state(call.id)).row).toMatchObject({ outcome: 'answered', epoch: call.epoch + 1 })
  })
})
