import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { listOffers } from '../../companion/calls/view.ts'
import { disableUser } from '../../companion/people/disable.ts'
import { callActs } from '../kit/calls-acts.ts'
import { type CallsWorld, createCallsWorld, type TestUser } from '../kit/calls-world.ts'

let world: CallsWorld
beforeAll(async () => {
  world = (await createCallsWorld()) as CallsWorld
})
afterEach(() => world.reset())
afterAll(() => world.close())

const { ring, accept, connect, answer, atTheDoor, state } = callActs(() => world)

describe('an answered call', () => {
  it('is live once both are in the room, and ends for both when the agent hangs up', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    expect(leg.heard).toEqual(['play ×6'])
    const { claim, leg: agent } = await answer(anna, call)
    expect(claim.epoch).toBe(call.epoch + 1)
    expect(leg.heard.at(-1)).toBe(agent.heard.at(-1))
    const live = await state(call.id)
    expect(live.row.state).toBe('live')
    expect(live.thread).toMatchObject({ owner_id: anna.id, missed: false })
    expect(live.ledger).toEqual({ Anna: 'answered', Bogdan: 'lost' })
    await world.pass(42)
    const over = await world.companion().calls.hangUp({ callId: call.id, userId: anna.id, epoch: claim.epoch })
    expect(over).toMatchObject({ state: 'ended', outcome: 'answered' })
    await world.settle()
    expect([leg.status, agent.status]).toEqual(['completed', 'completed'])
    const ended = await state(call.id)
    expect((ended.row.ended_at?.getTime() ?? 0) - (ended.row.live_at?.getTime() ?? 0)).toBe(42_000)
    expect(ended.notifications).toEqual([])
    expect(ended.entries).toHaveLength(1)
    expect(await listOffers(world.store.db, bogdan.id)).toEqual([])
  })

  it('gives the winner who asks again the same claim, and tells others who has it', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { call } = await ring()
    const claim = await accept(anna, call)
    expect(await accept(anna, call)).toEqual(claim)
    await expect(accept(bogdan, call)).rejects.toMatchObject({ code: 'call_taken', details: { by: 'Anna' } })
    await expect(accept({ ...anna, browserId: bogdan.browserId }, call)).rejects.toMatchObject({
      code: 'call_taken',
      details: { by: 'Anna' },
    })
  })

  it('ends when the caller hangs up', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { leg, call } = await ring()
    const { leg: agent } = await answer(anna, call)
    world.twilio.hangUp(leg)
    await world.settle()
    expect(await state(call.id)).toMatchObject({
      row: { state: 'ended', outcome: 'answered' },
      thread: { owner_id: anna.id, missed: false },
    })
    expect(agent.status).toBe('completed')
  })

  it('the caller is moved when the winner’s leg is let in, and hears the ringing tone till then', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { leg, call } = await ring()
    const claim = await accept(anna, call)
    await world.settle()
    expect(leg.heard).toEqual(['play ×6'])
    // No time goes by.
    connect(anna, claim)
    await world.settle()
    expect(leg.heard).toEqual(['play ×6', `conference ${call.id}-${claim.epoch}`])
  })

  it('the caller is moved 50 ms after the claim where the leg is late', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { leg, call } = await ring()
    const claim = await accept(anna, call)
    await world.pass(0.05)
    expect(leg.heard.at(-1)).toBe(`conference ${call.id}-${claim.epoch}`)
    connect(anna, claim)
    await world.settle()
    // Moved once: a second redirect would throw them out of the room and in again.
    expect(leg.heard).toHaveLength(2)
    expect((await state(call.id)).row.state).toBe('live')
  })

  it('given back before the caller was moved, it rings on, and the caller is not moved to where nobody is', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    const claim = await accept(anna, call)
    await world.companion().calls.hangUp({ callId: call.id, userId: anna.id, epoch: claim.epoch })
    await world.pass(1)
    expect(leg.heard.filter((heard) => heard.startsWith('conference'))).toEqual([])
    expect(leg.status).toBe('in-progress')
    const [offer] = await listOffers(world.store.db, bogdan.id)
    await answer(bogdan, { id: call.id, epoch: offer?.epoch ?? 0 })
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: bogdan.id })
  })

  it('left by the caller before they were moved, it is over, and the agent’s leg is hung up', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { leg, call } = await ring()
    const claim = await accept(anna, call)
    world.twilio.hangUp(leg)
    await world.settle()
    const late = connect(anna, claim)
    await world.pass(1)
    expect((await state(call.id)).row.state).toBe('ended')
    expect([late.status, late.endedBy]).toEqual(['completed', 'hangup'])
  })

  it('claimed just before the companion was stopped, it is moved when the companion is back', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { leg, call } = await ring()
    const claim = await accept(anna, call)
    world.companion().kill()
    await world.pass(1)
    expect(leg.heard).toEqual(['play ×6'])
    await world.start()
    await world.pass(5)
    connect(anna, claim)
    await world.settle()
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: anna.id })
  })

  it('a leg that is faster than its claim waits for it; one whose claim came too late is hung up', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { call } = await ring()
    const expected = { call, epoch: call.epoch + 1 }
    const legs = [connect(anna, expected), connect(bogdan, expected)]
    await atTheDoor(2)
    expect(legs.map((leg) => leg.heard)).toEqual([[], []])
    await accept(bogdan, call)
    await world.settle()
    expect(legs.map((leg) => leg.endedBy ?? leg.status)).toEqual(['hangup', 'in-progress'])
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: bogdan.id })
  })

  it('a leg that was hung up at the door leaves its place to the next one of the same press', async () => {
    const [anna] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { call } = await ring()
    const expected = { call, epoch: call.epoch + 1 }
    const first = connect(anna, expected)
    await atTheDoor(1)
    world.twilio.hangUp(first, 'agent')
    const second = connect(anna, expected)
    await atTheDoor(2)
    await accept(anna, call)
    await world.settle()
    expect(second.status).toBe('in-progress')
    expect((await state(call.id)).row).toMatchObject({ state: 'live', agent_sid: second.sid })
  })

  it('a leg without any claim is hung up in the end', async () => {
    const [anna] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { call } = await ring()
    const leg = connect(anna, { call, epoch: call.epoch + 1 })
    await atTheDoor(1)
    world.clock.step(3000)
    await world.settle()
    expect(leg.endedBy).toBe('hangup')
    expect((await state(call.id)).row.state).toBe('ringing')
  })

  it('lets in only the current claim', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { call } = await ring()
    const claim = await accept(anna, call)
    const strangers = [
      connect(bogdan, claim),
      connect({ ...anna, browserId: bogdan.browserId }, claim),
      connect(anna, { ...claim, epoch: claim.epoch - 1 }),
      connect(anna, { ...claim, call: { ...claim.call, id: '00000000-0000-4000-8000-000000000000' } }),
    ]
    await world.settle()
    expect(strangers.map((leg) => leg.endedBy)).toEqual(['hangup', 'hangup', 'hangup', 'hangup'])
    const first = connect(anna, claim)
    const second = connect(anna, claim)
    await world.settle()
    expect([first.status, second.status].sort()).toEqual(['completed', 'in-progress'])
    expect((await state(call.id)).row.state).toBe('live')
  })
})

describe('a call that nobody takes', () => {
  it('goes to voicemail when the ring time is over; the message makes one voicemail and one notification a user', async () => {
    await world.addUsers('Anna', 'Bogdan')
    await world.start()
    const { leg, call } = await ring(8)
    await world.pass(31)
    const asked = await state(call.id)
    expect(asked.row).toMatchObject({ state: 'voicemail', missed_reason: 'ring-time-over' })
    expect(asked.thread).toMatchObject({ owner_id: null, missed: true })
    expect(asked.ledger).toEqual({ Anna: 'timed-out', Bogdan: 'timed-out' })
    expect(asked.notifications.map((each) => each.kind)).toEqual(['missed-call', 'missed-call'])
    await world.until(() => leg.status === 'completed')
    await world.settle()
    expect(leg.heard).toEqual(['play ×6', 'say in hours'])
    const ended = await state(call.id)
    expect(ended.row).toMatchObject({ state: 'ended', outcome: 'voicemail' })
    expect(ended.notifications.map((each) => each.kind)).toEqual(['voicemail', 'voicemail'])
    expect(ended.entries.map((entry) => entry.type).sort()).toEqual(['call', 'voicemail'])
  })

  it('is missed where the caller says nothing', async () => {
    await world.addUsers('Anna')
    await world.start()
    const { leg, call } = await ring(0)
    await world.until(() => leg.status === 'completed')
    await world.settle()
    expect(await state(call.id)).toMatchObject({ row: { outcome: 'missed' }, thread: { missed: true } })
  })

  it('goes to a greeting that is longer than Twilio takes with a redirect', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const long = 'Please hold the line. '.repeat(185).trim()
    const { greetings } = await world.store.db.selectFrom('channels').select('greetings').executeTakeFirstOrThrow()
    const change = (text: string) =>
      world.store.write(({ db }) =>
        db
          .updateTable('channels')
          .set({ greetings: { ...greetings, inHours: { ...greetings.inHours, text } } })
          .execute(),
      )
    await change(long)
    try {
      const { leg, call } = await ring(5)
      await world.companion().calls.decline({ callId: call.id, userId: anna.id, epoch: call.epoch })
      await world.settle()
      expect(leg.heard.at(-1)).toBe(`say ${long}`)
    } finally {
      await change(greetings.inHours.text)
    }
  })

  it('goes to voicemail at once when the last one declines', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    const decline = (user: TestUser) => world.companion().calls.decline({ callId: call.id, userId: user.id, epoch: call.epoch })
    await decline(anna)
    await decline(anna)
    expect((await state(call.id)).row.state).toBe('ringing')
    expect(await listOffers(world.store.db, anna.id)).toEqual([])
    await decline(bogdan)
    await world.settle()
    expect(await state(call.id)).toMatchObject({ row: { state: 'voicemail', missed_reason: 'all-declined' }, thread: { missed: true } })
    expect(leg.heard.at(-1)).toBe('say in hours')
  })

  it('is abandoned when the caller hangs up while it rings', async () => {
    await world.addUsers('Anna')
    await world.start()
    const { leg, call } = await ring()
    world.twilio.hangUp(leg)
    await world.settle()
    expect(await state(call.id)).toMatchObject({
      row: { state: 'ended', outcome: 'abandoned', missed_reason: 'caller-left' },
      thread: { missed: true, owner_id: null },
      ledger: { Anna: 'caller-left' },
    })
  })

  it('hears the voicemail of the hour at once, without dead ringing', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    await world.store.write(({ db }) => db.updateTable('users').set({ wanted: false }).where('id', '=', anna.id).execute())
    const inHours = await ring()
    expect(inHours.leg.heard).toEqual(['say in hours'])
    expect(await state(inHours.call.id)).toMatchObject({
      row: { missed_reason: 'nobody-reachable' },
      ledger: { Anna: 'away' },
      thread: { missed: true },
    })
    await world.store.write(({ db }) => db.updateTable('working_hours').set({ weekday: 7 }).where('weekday', '=', 1).execute())
    const afterHours = await ring()
    expect(afterHours.leg.heard).toEqual(['say after hours'])
    expect(await state(afterHours.call.id)).toMatchObject({ row: { missed_reason: 'after-hours' }, ledger: { Anna: 'after-hours' } })
    await world.store.write(({ db }) => db.updateTable('working_hours').set({ weekday: 1 }).where('weekday', '=', 7).execute())
  })

  it('hears that the channel is closed, and leaves a missed thread', async () => {
    await world.addUsers('Anna')
    await world.start()
    await world.store.write(({ db }) => db.updateTable('channels').set({ enabled: false }).execute())
    const { leg, call } = await ring()
    await world.until(() => leg.status === 'completed')
    expect(leg.heard).toEqual(['say closed'])
    expect(await state(call.id)).toMatchObject({
      row: { state: 'ended', outcome: 'closed', missed_reason: 'disabled' },
      thread: { missed: true },
      ledger: { Anna: 'channel-disabled' },
    })
  })
})

describe('a call that loses its agent', () => {
  it('rings the others when no audio comes within the lease, and blocks who had it', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    await accept(anna, call)
    await world.pass(13)
    const again = await state(call.id)
    expect(again.row).toMatchObject({ state: 'ringing', claimed_by: null, epoch: call.epoch + 2 })
    expect(again.ledger).toEqual({ Anna: 'audio-failed', Bogdan: 'ringing' })
    expect(await listOffers(world.store.db, anna.id)).toEqual([])
    expect(leg.heard.at(-1)).toBe('play ×6')
    await answer(bogdan, again.row)
    const live = await state(call.id)
    expect(live).toMatchObject({ row: { state: 'live', claimed_by: bogdan.id }, thread: { owner_id: bogdan.id, missed: false } })
    // The next call does not ring where there was no sound.
    const next = await ring()
    expect((await state(next.call.id)).ledger).toEqual({ Anna: 'audio-failed', Bogdan: 'busy' })
  })

  it('is live after all where only the callbacks were lost', async () => {
    await world.reset((path) => (path === '/twilio/conference-status' ? 'lose' : 'deliver'))
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { call } = await ring()
    await answer(anna, call)
    expect((await state(call.id)).row.state).toBe('claimed')
    await world.pass(13)
    expect((await state(call.id)).row.state).toBe('live')
  })

  it('never hangs up the caller when the agent’s browser dies: everybody rings again, they too', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    const { leg: agent } = await answer(anna, call)
    world.twilio.hangUp(agent, 'crash')
    await world.settle()
    const again = await state(call.id)
    expect(leg.status).toBe('in-progress')
    expect(again.row.state).toBe('ringing')
    expect(again.ledger).toEqual({ Anna: 'ringing', Bogdan: 'ringing' })
    expect(again.entries.map((entry) => entry.type).sort()).toEqual(['call', 'system'])
    await answer(bogdan, again.row)
    expect((await state(call.id)).row).toMatchObject({ state: 'live', claimed_by: bogdan.id })
    expect(world.twilio.seen.agentsWithCaller).toBe(1)
  })

  it('rings the others when its agent is switched off, and ends that agent’s leg', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    const { leg: agent } = await answer(anna, call)
    await world.store.write((writer) => disableUser(writer, anna.id, world.companion().calls.release))
    await expect.poll(async () => (await state(call.id)).row.state).toBe('ringing')
    await world.settle()
    expect([leg.status, agent.status]).toEqual(['in-progress', 'completed'])
    expect(await listOffers(world.store.db, anna.id)).toEqual([])
    expect(await listOffers(world.store.db, bogdan.id)).toHaveLength(1)
  })

  it('goes to voicemail when nobody is left', async () => {
    const [anna] = (await world.addUsers('Anna')) as [TestUser]
    await world.start()
    const { leg, call } = await ring()
    await accept(anna, call)
    await world.pass(13)
    expect(await state(call.id)).toMatchObject({
      row: { state: 'voicemail', missed_reason: 'nobody-reachable' },
      thread: { owner_id: null, missed: true },
    })
    expect(leg.heard.at(-1)).toBe('say in hours')
  })

  it.each([
    ['the ringing tone', ['Anna', 'Bogdan'], 'play ×6'],
    ['the voicemail', ['Anna'], 'say in hours'],
  ])(
    'does not leave the caller in an empty room where the companion dies before it could move them: they hear %s',
    async (_, names, heard) => {
      const [anna] = (await world.addUsers(...names)) as [TestUser]
      const { redirectCall } = world.twilio.provider
      let dies = false
      const redirect = vi.spyOn(world.twilio.provider, 'redirectCall').mockImplementation(async (...asked) => {
        if (dies) world.companion().kill()
        return !dies && redirectCall(...asked)
      })
      await world.start()
      const { leg, call } = await ring(5)
      const { claim, leg: agent } = await answer(anna, call)
      // So that she is not rung again.
      await world.store.write(({ db }) => db.updateTable('users').set({ wanted: false }).where('id', '=', anna.id).execute())
      dies = true
      world.twilio.hangUp(agent, 'crash')
      await world.settle()
      redirect.mockRestore()
      expect(world.up()).toBe(false)
      expect(leg.heard.at(-1)).toBe(`conference ${call.id}-${claim.epoch}`)
      await world.start()
      await world.settle()
      expect(leg.heard.at(-1)).toBe(heard)
    },
  )

  it('rings on for others when the agent gives it back before they were heard', async () => {
    const [anna, bogdan] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    await world.start()
    const { leg, call } = await ring()
    const claim = await accept(anna, call)
    await world.settle()
    await world.companion().calls.hangUp({ callId: call.id, userId: anna.id, epoch: claim.epoch })
    await world.settle()
    expect(await state(call.id)).toMatchObject({ row: { state: 'ringing' }, ledger: { Anna: 'declined', Bogdan: 'ringing' } })
    expect(leg.status).toBe('in-progress')
    expect(bogdan.name).toBe('Bogdan')
  })
})

describe('somebody’s status while it rings', () => {
  const want = async (user: TestUser, wanted: boolean) => {
    const { setWanted } = await import('../../companion/people/availability.ts')
    await world.store.write((writer) => setWanted(writer, user.id, wanted))
    // The feed tells it a moment later.
    await expect.poll(async () => (await listOffers(world.store.db, user.id)).length > 0).toBe(wanted)
    await world.settle()
  }

  it('falls silent for who goes away, rings who becomes ready, and goes to voicemail when nobody is left', async () => {
    const [anna] = (await world.addUsers('Anna', 'Bogdan')) as [TestUser, TestUser]
    const [, bogdan] = await world.store.db.selectFrom('users').selectAll().orderBy('name').execute()
    await world.store.write(({ db }) => db.updateTable('users').set({ wanted: false }).where('name', '=', 'Bogdan').execute())
    await world.start()
    const { leg, call } = await ring()
    expect((await state(call.id)).ledger).toEqual({ Anna: 'ringing', Bogdan: 'away' })
    const second = { ...anna, id: bogdan?.id ?? '' }
    await want(second, true)
    expect((await state(call.id)).ledger).toEqual({ Anna: 'ringing', Bogdan: 'ringing' })
    await want(anna, false)
    expect((await state(call.id)).ledger).toEqual({ Anna: 'away', Bogdan: 'ringing' })
    await want(second, false)
    await expect.poll(async () => (await state(call.id)).row.state).toBe('voicemail')
    await world.settle()
    expect((await state(call.id)).row.missed_reason).toBe('nobody-reachable')
    expect(leg.heard.at(-1)).toBe('say in hours')
  })
})
