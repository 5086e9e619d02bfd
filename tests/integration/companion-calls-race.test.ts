import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { toIdentity } from '../../companion/twilio/identity.ts'
import { CALLER, CHANNEL_NUMBER, createCallsWorld, PUBLIC_URL, type TestUser } from '../kit/calls-world.ts'
import { stopTestStores, storeKinds } from '../kit/store.ts'

afterAll(stopTestStores)

const names = Array.from({ length: 100 }, (_, index) => `Agent ${index}`)

describe.each(storeKinds)('a hundred agents answer at once (%s)', (kind) => {
  it('one has the call, each of the others is told who, and all fall silent', async (context) => {
    const world = await createCallsWorld({ kind })
    if (!world) return context.skip()
    try {
      const users = await world.addUsers(...names)
      await world.start()
      const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER)
      await world.settle()
      const call = await world.callOf(leg)
      if (!call) throw new Error('no call')
      const told: string[] = []
      world.store.onEvents((events) => {
        for (const { event, users: audience } of events) if (event.type === 'call-withdrawn') told.push(...(audience ?? []))
      })
      const accept = (user: TestUser) =>
        world.companion().calls.accept({ callId: call.id, userId: user.id, browserId: user.browserId, epoch: call.epoch, contact: null })
      const results = await Promise.allSettled(users.map(accept))
      const winners = results.flatMap((result, index) => (result.status === 'fulfilled' ? [users[index]] : []))
      expect(winners).toHaveLength(1)
      const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
      expect(new Set(losers.map((error) => `${error.code} ${error.details?.by}`))).toEqual(new Set([`call_taken ${winners[0]?.name}`]))
      const ledger = await world.store.db.selectFrom('ledger').selectAll().execute()
      expect(ledger.filter((line) => line.verdict === 'answered').map((line) => line.user_id)).toEqual([winners[0]?.id])
      expect(ledger.filter((line) => line.verdict === 'lost' && line.lost_to === winners[0]?.id)).toHaveLength(99)
      expect(await world.store.db.selectFrom('threads').selectAll().execute()).toMatchObject([{ owner_id: winners[0]?.id }])
      await expect.poll(() => new Set(told).size).toBe(100)
    } finally {
      await world.close()
    }
  }, 120_000)

  it('a hundred legs are at the door before any claim, and one is let in', async (context) => {
    const world = await createCallsWorld({ kind })
    if (!world) return context.skip()
    try {
      const users = await world.addUsers(...names)
      await world.start()
      const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER)
      await world.settle()
      const call = await world.callOf(leg)
      if (!call) throw new Error('no call')
      const wish = (user: TestUser) => ({ callId: call.id, userId: user.id, browserId: user.browserId, epoch: call.epoch, contact: null })
      const params = (user: TestUser) => ({ call: call.id, epoch: String(call.epoch + 1), browser: user.browserId })
      const legs = users.map((user) => world.twilio.connect(toIdentity(user.id), `${PUBLIC_URL}/twilio/join`, params(user)))
      const results = await Promise.allSettled(users.map((user) => world.companion().calls.accept(wish(user))))
      await world.settle()
      const winner = results.findIndex(({ status }) => status === 'fulfilled')
      expect(legs.flatMap(({ status }, index) => (status === 'in-progress' ? [index] : []))).toEqual([winner])
      expect(world.twilio.seen.agentsWithCaller).toBe(1)
      expect(await world.callOf(leg)).toMatchObject({ state: 'live', claimed_by: users[winner]?.id })
    } finally {
      await world.close()
    }
  }, 120_000)

  it('one user with two browsers who answers two calls at once has one of them', async (context) => {
    const world = await createCallsWorld({ kind })
    if (!world) return context.skip()
    try {
      const [anna] = (await world.addUsers('Anna')) as [TestUser]
      await world.start()
      for (let round = 0; round < 10; round++) {
        const legs = [world.twilio.dial(CALLER, CHANNEL_NUMBER), world.twilio.dial('+48500600701', CHANNEL_NUMBER)]
        await world.settle()
        const calls = await Promise.all(legs.map((leg) => world.callOf(leg)))
        const accepted = await Promise.allSettled(
          calls.map((call) =>
            world
              .companion()
              .calls.accept({ callId: call?.id ?? '', userId: anna.id, browserId: randomUUID(), epoch: call?.epoch ?? 0, contact: null }),
          ),
        )
        expect(accepted.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
        expect(accepted.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'not_reachable' } })
        for (const leg of legs) world.twilio.hangUp(leg)
        await world.settle()
      }
    } finally {
      await world.close()
    }
  }, 120_000)

  it('a browser that says its answer twice at once gets the same claim twice', async (context) => {
    const world = await createCallsWorld({ kind })
    if (!world) return context.skip()
    try {
      const [anna] = (await world.addUsers('Anna')) as [TestUser]
      await world.start()
      const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER)
      await world.settle()
      const call = await world.callOf(leg)
      const accept = () =>
        world
          .companion()
          .calls.accept({ callId: call?.id ?? '', userId: anna.id, browserId: anna.browserId, epoch: call?.epoch ?? 0, contact: null })
      const [one, two] = await Promise.all([accept(), accept()])
      expect(one.epoch).toBe(two.epoch)
    } finally {
      await world.close()
    }
  }, 60_000)

  it('an answer and the end of the ring time never both win', async (context) => {
    const world = await createCallsWorld({ kind })
    if (!world) return context.skip()
    try {
      const [anna] = (await world.addUsers('Anna')) as [TestUser]
      await world.start()
      for (let round = 0; round < 6; round++) {
        const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER)
        await world.settle()
        const call = await world.callOf(leg)
        if (!call) throw new Error('no call')
        const accept = () =>
          world.companion().calls.accept({ callId: call.id, userId: anna.id, browserId: anna.browserId, epoch: call.epoch, contact: null })
        const url = `https://calls.example.com/twilio/unanswered?call=${call.id}&epoch=${call.epoch}&key=${randomUUID()}`
        const unanswered = () => world.twilio.send(url, { CallSid: leg.sid })
        const [claim, document] = await Promise.allSettled(round % 2 ? [accept(), unanswered()] : [unanswered(), accept()].reverse())
        const row = await world.callOf(leg)
        const heard = String(document?.status === 'fulfilled' ? document.value : '')
        if (claim?.status === 'fulfilled') {
          expect(row?.state).toBe('claimed')
          expect(heard).toContain('<Conference')
        } else {
          expect(row?.state).toBe('voicemail')
          expect(heard).toContain('<Record')
          expect(claim?.reason).toMatchObject({ code: 'call_over' })
        }
        world.twilio.hangUp(leg)
        await world.settle()
      }
    } finally {
      await world.close()
    }
  }, 120_000)
})
