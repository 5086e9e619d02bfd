/** The companion as a process, against the real switchboard: voicemail, and what a caller meets when the companion was killed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call, Entry } from '../../utils/protocol/index.ts'
import { type Caller, dial } from '../kit/caller.ts'
import { type Channel, makeChannel } from '../kit/channel.ts'
import { type HeadlessAgent, openHeadlessAgent } from '../kit/headless-agent.ts'
import { until } from '../kit/process.ts'
import { startWorld, type World } from '../kit/world.ts'

let world: World
let channel: Channel
let agent: HeadlessAgent
const offers: Call[] = []

beforeAll(async () => {
  world = await startWorld()
  channel = await makeChannel(world, { agents: 1, ringSeconds: 15 })
  agent = await connect(channel.agents[0]?.link ?? '')
}, 60_000)
afterAll(async () => {
  agent?.close()
  await world?.close()
})

async function connect(link: string) {
  const opened = await openHeadlessAgent(world.companionUrl, link)
  opened.onEvent = (event) => {
    if (event.type === 'call-offered') offers.push(event.call)
  }
  return opened
}

async function advance(ms: number) {
  await world.ask('switchboard', 'POST', '/control/clock', { advanceMs: ms })
  await world.ask('companion', 'POST', '/test/clock', { advanceMs: ms }).catch(() => {})
}

/** Waits for the beep, and then speaks for three seconds. */
async function speak(caller: Caller) {
  const { callSid } = await caller.state()
  const isRecording = async () => {
    const { entries } = await world.ask<{ entries: { callSid?: string; text: string }[] }>('switchboard', 'GET', '/control/log')
    return entries.some((entry) => entry.callSid === callSid && entry.text.startsWith('Record RE'))
  }
  await until(isRecording, 20_000)
  const { seconds } = await caller.state()
  await until(async () => (await caller.state()).seconds >= seconds + 3, 15_000)
}

async function newestThread() {
  const [thread] = (await agent.call('listThreads', {})).reply.threads
  const entries = thread ? (await agent.call('readThread', { threadId: thread.id })).reply.entries : []
  return { thread, entries }
}
const ofType = <T extends Entry['type']>(entries: Entry[], type: T) =>
  entries.filter((entry): entry is Extract<Entry, { type: T }> => entry.type === type)
const loud = (heard: { atMs: number; level?: number; hz?: number | null }[]) =>
  heard.filter((each) => (each.hz ?? 0) > 0 || (each.level ?? 0) > 0.01)

describe('the companion at the switchboard', () => {
  it('rings with a tone, then takes a message that is in the thread', async () => {
    const caller = await dial(world, channel.number)
    await caller.hears(425)
    await until(async () => offers.length === 1, 10_000)
    await advance(15_000)
    await until(async () => (await newestThread()).thread?.missed === true, 15_000)
    await speak(caller)
    await caller.hangUp()
    await until(async () => ofType((await newestThread()).entries, 'voicemail').length === 1, 15_000)
    const [call] = ofType((await newestThread()).entries, 'call')
    expect(call).toMatchObject({ outcome: 'voicemail', missedReason: 'ring-time-over' })
    expect(call?.ledger.map((line) => line.verdict)).toEqual(['timed-out'])
  }, 90_000)

  it('is missed by nobody when it is killed: the caller hears a voice within 3 s, and the message is found afterwards', async () => {
    agent.close()
    await world.companion.kill()
    const caller = await dial(world, channel.number)
    await until(async () => loud(await caller.heardSince(0)).length > 0, 10_000)
    expect(loud(await caller.heardSince(0))[0]?.atMs).toBeLessThan(3000)
    await speak(caller)
    await caller.hangUp()
    await caller.ended()
    await world.restartCompanion()
    await advance(20_000)
    await advance(60_000)
    const link = await newLink()
    agent = await connect(link)
    await until(async () => ofType((await newestThread()).entries, 'voicemail').length === 1, 20_000)
    const { thread, entries } = await newestThread()
    expect(thread).toMatchObject({ missed: true, owner: null })
    expect(ofType(entries, 'call')).toMatchObject([{ outcome: 'voicemail', missedReason: 'companion-down' }])
    expect(ofType(entries, 'system').map((entry) => entry.event)).toEqual(['found-afterwards'])
  }, 90_000)
})

/** The first one was used. */
async function newLink(): Promise<string> {
  const seeded = await world.ask<Channel>('companion', 'POST', '/test/seed', {
    users: [{ name: 'Admin', email: 'admin@example.com', role: 'admin', seat: true }],
    channel: {
      name: 'Other',
      country: 'US',
      timeZone: 'UTC',
      ringSeconds: 30,
      hours: [],
      greetings: {
        inHours: { text: 'a', language: 'en-US' },
        afterHours: { text: 'b', language: 'en-US' },
        closed: { text: 'c', language: 'en-US' },
      },
    },
  })
  return seeded.agents[0]?.link ?? ''
}
