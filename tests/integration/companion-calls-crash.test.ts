/**
 * The companion is killed at every boundary of a call's life (P2): before each write, before its commit, after it, before each effect, before and
 * after each request to Twilio; then it is started again, at once or after a while. However it goes, the call ends answered, in voicemail or as a
 * missed thread; the caller is never hung up on; there is one thread, and one agent with the caller.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { findHeldCall, listOffers } from '../../companion/calls/view.ts'
import { toIdentity } from '../../companion/twilio/identity.ts'
import type { Claim } from '../../utils/protocol/index.ts'
import { CALLER, type CallsWorld, CHANNEL_NUMBER, createCallsWorld, PUBLIC_URL, type TestUser } from '../kit/calls-world.ts'
import type { FakeLeg } from '../kit/fake-twilio.ts'

let world: CallsWorld
beforeAll(async () => {
  world = (await createCallsWorld({ ringSeconds: 20 })) as CallsWorld
  // Day and night: time goes by from call to call, and after hours nobody would be rung.
  await world.store.db.deleteFrom('working_hours').execute()
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ channel_id: world.channelId, weekday, from_minute: 0, until_minute: 1440 }))
  await world.store.db.insertInto('working_hours').values(always).execute()
})
afterEach(() => world.reset())
afterAll(() => world.close())

/** What an agent does, as a browser would: it asks where things stand, and tries again what failed. */
type Manner = 'answers' | 'declines' | 'ignores' | 'is mute' | 'crashes once'

function createAgent(user: TestUser, manner: Manner) {
  let claim: Claim | undefined
  let leg: FakeLeg | undefined
  let crashed = false
  const { id: userId, browserId } = user

  /** The leg leaves with the press and waits at the door; where the claim fails, it is taken back. */
  async function accept(callId: string, epoch: number) {
    const { calls, boundaries } = world.companion()
    const params = { call: callId, epoch: String(epoch + 1), browser: browserId }
    if (manner !== 'is mute') {
      const before = boundaries()
      leg = world.twilio.connect(toIdentity(userId), `${PUBLIC_URL}/twilio/join`, params)
      // Its first look: before, within and after one write.
      await vi.waitFor(() => expect(!world.up() || boundaries() >= before + 3).toBe(true), { interval: 1 })
    }
    try {
      claim = await calls.accept({ callId, userId, browserId, epoch, contact: null })
    } catch (error) {
      if (leg) world.twilio.hangUp(leg, 'agent')
      leg = undefined
      throw error
    }
  }

  async function act(): Promise<void> {
    const { calls } = world.companion()
    const held = await findHeldCall(world.store.db, userId)
    const talks = leg?.status === 'in-progress'
    if (leg && talks && held?.epoch !== claim?.epoch) return world.twilio.hangUp(leg, 'agent')
    if (held?.state === 'live' && talks && leg) {
      if (manner === 'crashes once' && !crashed) {
        crashed = true
        return world.twilio.hangUp(leg, 'crash')
      }
      await calls.hangUp({ callId: held.id, userId, epoch: held.epoch })
      return
    }
    if (held?.state === 'claimed' && !leg && manner !== 'is mute') return accept(held.id, held.epoch - 1)
    const [offer] = held ? [] : await listOffers(world.store.db, userId)
    if (!offer || manner === 'ignores') return
    if (manner === 'declines') await calls.decline({ callId: offer.id, userId, epoch: offer.epoch })
    else await accept(offer.id, offer.epoch)
  }
  // A companion that is down, or says no, is asked again later; a leg that never came to the door is no story.
  const again = (error: Error) => {
    if (error.name === 'AssertionError') throw error
  }
  return { act: () => act().catch(again) }
}

interface Story {
  words: string
  manners: Manner[]
  message: number
  /** Seconds after which the caller gives up, or the talk ends from their side. */
  patience: number
  /** How it ends where nothing dies: a story that ends otherwise is not the one that it says it is. */
  outcome: string
}

const stories: Story[] = [
  { words: 'is answered, and the agent hangs up', manners: ['answers', 'ignores'], message: 5, patience: 600, outcome: 'answered' },
  { words: 'is not answered, and leaves a message', manners: ['ignores'], message: 5, patience: 600, outcome: 'voicemail' },
  { words: 'is declined, and leaves none', manners: ['declines', 'declines'], message: 0, patience: 600, outcome: 'missed' },
  {
    words: 'gets no audio from the first agent, and is answered by the second',
    manners: ['is mute', 'answers'],
    message: 5,
    patience: 600,
    outcome: 'answered',
  },
  { words: 'loses its agent, who answers again', manners: ['crashes once'], message: 5, patience: 600, outcome: 'answered' },
  { words: 'gives up while it rings', manners: ['ignores'], message: 0, patience: 12, outcome: 'abandoned' },
]

async function tell(story: Story, killAt: number, downSeconds: number): Promise<{ boundaries: number; happened: string }> {
  const users = await world.addUsers(...story.manners.map((_, index) => `Agent ${index}`))
  const agents = users.map((user, index) => createAgent(user, story.manners[index] ?? 'ignores'))
  const first = await world.start(killAt)
  const begin = world.clock.now().getTime()
  const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER, story.message)
  await world.settle()
  let downSince: number | undefined
  await world.until(async () => {
    const now = world.clock.now().getTime()
    if (!world.up()) {
      downSince ??= now
      if (now - downSince >= downSeconds * 1000) await world.start()
    }
    for (const agent of agents) await agent.act()
    if (now - begin > story.patience * 1000) world.twilio.hangUp(leg)
    const call = await world.callOf(leg)
    const told = world.twilio.recordings.length === 0 || call?.outcome === 'voicemail' || call?.outcome === 'answered'
    return world.up() && leg.status === 'completed' && call?.state === 'ended' && told
  }, 'the end of the call')
  const boundaries = first.boundaries()
  await world.pass(1)
  return { boundaries, happened: await judge(leg, users) }
}

/** Holds what is left against the promises; answers the outcome. */
async function judge(leg: FakeLeg, users: TestUser[]): Promise<string> {
  const { db } = world.store
  const calls = await db.selectFrom('calls').selectAll().execute()
  expect(calls).toHaveLength(1)
  const [call] = calls
  const threads = await db.selectFrom('threads').selectAll().execute()
  expect(threads).toMatchObject([{ id: call?.thread_id }])
  expect(await db.selectFrom('entries').selectAll().where('type', '=', 'call').execute()).toHaveLength(1)
  const notifications = await db.selectFrom('notifications').selectAll().where('cleared_at', 'is', null).execute()
  if (call?.outcome === 'answered') {
    expect(threads[0]).toMatchObject({ missed: false, owner_id: call.claimed_by })
  } else {
    expect(['voicemail', 'missed', 'abandoned']).toContain(call?.outcome)
    expect(threads[0]).toMatchObject({ missed: true, owner_id: null })
    expect(notifications.map((each) => each.user_id).sort()).toEqual(users.map((user) => user.id).sort())
    const recorded = world.twilio.recordings.length > 0
    expect(call?.outcome === 'voicemail').toBe(recorded)
    expect(await db.selectFrom('entries').select('id').where('type', '=', 'voicemail').execute()).toHaveLength(recorded ? 1 : 0)
  }
  // Who ended the caller's leg: an agent's wish, the caller, or the last verb of a voicemail. Never a mistake of ours.
  if (leg.endedBy === 'api') expect(call?.hang_up_by).not.toBeNull()
  else expect(['caller', 'hangup']).toContain(leg.endedBy)
  if (leg.endedBy === 'hangup') expect(leg.heard.some((words) => words.startsWith('say'))).toBe(true)
  expect(leg.heard.length).toBeGreaterThan(0)
  expect(world.twilio.seen.agentsWithCaller).toBeLessThanOrEqual(1)
  return `${call?.outcome}`
}

/** Down for so many seconds. Both after every boundary takes minutes: `RINGSIDE_TEST_ALL=1`; else they take turns. */
const downs = process.env.RINGSIDE_TEST_ALL ? [[0], [45]] : [[0, 45]]

describe.each(stories)('a call that $words', (story) => {
  it.each(downs)(
    'ends well wherever the companion dies',
    async (...turns) => {
      const undisturbed = await tell(story, 0, 0)
      expect(undisturbed.happened).toBe(story.outcome)
      const last = undisturbed.boundaries
      const outcomes: string[] = []
      for (let killAt = 1; killAt <= last; killAt++) {
        const down = turns[killAt % turns.length] ?? 0
        await world.reset()
        const { happened } = await tell(story, killAt, down).catch((error) => {
          throw new Error(`killed at boundary ${killAt} of ${last}, down for ${down} s: ${error.message}`, { cause: error })
        })
        outcomes.push(happened)
      }
      // A scenario of fewer would not be the one that it says it is.
      expect(outcomes.length).toBeGreaterThan(8)
    },
    600_000,
  )
})
