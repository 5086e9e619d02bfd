/**
 * A hundred agents, one caller after the other. From the companion being asked by the webhook to the last of a hundred being told; from the winner's
 * answer to the last of the others being told to fall silent. On every fifth call all hundred answer at once. Then real browsers answer real calls,
 * and the legs that Twilio would bill are counted.
 */
import { createServer, request } from 'node:http'
import { openAgent } from '../kit/agent.ts'
import { dial } from '../kit/caller.ts'
import { makeChannel } from '../kit/channel.ts'
import { type HeadlessAgent, openHeadlessAgent } from '../kit/headless-agent.ts'
import { freePort, until } from '../kit/process.ts'
import { median, percentile, rounded } from '../kit/statistics.ts'
import { startWorld, type World } from '../kit/world.ts'

const AGENTS = 100
const CALLS = 60
const RACE_EVERY = 5
const ANSWERED_IN_BROWSERS = 3

interface Door {
  url: string
  /** When the next `inbound` webhook arrives, in performance.now() milliseconds. */
  nextInbound(): Promise<number>
  close(): void
}

/** Stands where Twilio knocks, notes the time and passes the webhook on. */
async function openDoor(companionPort: () => number): Promise<Door> {
  const port = await freePort()
  let waiting: ((at: number) => void)[] = []
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.includes('/inbound')) {
      const at = performance.now()
      for (const tell of waiting) tell(at)
      waiting = []
    }
    const onward = request(
      { host: '127.0.0.1', port: companionPort(), path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    nextInbound: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => server.close(),
  }
}

export async function run() {
  let world: World | undefined
  const door = await openDoor(() => Number(new URL(world?.companionUrl ?? 'http://127.0.0.1:0').port))
  world = await startWorld({ env: { PUBLIC_URL: door.url } })
  try {
    const rings = await measureRings(world, door)
    return { bench: 'ring', agents: AGENTS, ...rings, legsPerCall: await countLegs(world) }
  } finally {
    door.close()
    await world.close()
  }
}

async function measureRings(world: World, door: Door) {
  const channel = await makeChannel(world, { agents: AGENTS })
  const agents: HeadlessAgent[] = []
  for (const { link } of channel.agents) agents.push(await openHeadlessAgent(world.companionUrl, link))
  await until(() => agents.every((agent) => agent.me().status === 'ready'))

  const lastRings: number[] = []
  const lastSilences: number[] = []
  let maxWinners = 0
  for (let call = 0; call < CALLS; call += 1) {
    const offered = gather(agents, 'call-offered', AGENTS)
    const arrived = door.nextInbound()
    const caller = await dial(world, channel.number, { toneHz: 0 })
    const rang = await offered
    lastRings.push(rang.last - (await arrived))

    const silent = gather(agents, 'call-withdrawn', AGENTS - 1)
    const racers = call % RACE_EVERY === 0 ? agents : agents.slice(call % AGENTS, (call % AGENTS) + 1)
    const asked = performance.now()
    const answers = await Promise.all(
      racers.map((agent) =>
        agent.call('acceptCall', {}, { callId: rang.callId, browserId: agent.browserId, epoch: rang.epoch, contact: null }),
      ),
    )
    const winners = answers.filter((answer) => answer.status === 200)
    maxWinners = Math.max(maxWinners, winners.length)
    const { last } = await silent
    if (racers.length === 1) lastSilences.push(last - asked)

    if (winners.length === 0) throw new Error('Nobody won the call.')
    // Nobody's phone was connected: a hang-up by the winner would let it ring on.
    await caller.hangUp()
    await caller.ended()
    await until(() => agents.every((each) => each.me().status === 'ready'))
  }
  for (const agent of agents) agent.close()
  return {
    calls: CALLS,
    lastRing_p50_ms: rounded(median(lastRings)),
    lastRing_p99_ms: rounded(percentile(lastRings, 0.99)),
    loserSilent_p50_ms: rounded(median(lastSilences)),
    loserSilent_p99_ms: rounded(percentile(lastSilences, 0.99)),
    maxWinners,
  }
}

/** Resolves when so many agents got such an event of one call, with the instant of the last. */
function gather(agents: HeadlessAgent[], type: 'call-offered' | 'call-withdrawn', count: number) {
  return new Promise<{ last: number; callId: string; epoch: number }>((resolve) => {
    const told = new Set<string>()
    for (const agent of agents) {
      agent.onEvent = (event, at) => {
        if (event.type !== type || told.has(agent.userId)) return
        told.add(agent.userId)
        if (told.size === count) {
          const [callId, epoch] = event.type === 'call-offered' ? [event.call.id, event.call.epoch] : [event.callId, event.epoch]
          resolve({ last: at, callId, epoch })
        }
      }
    }
  })
}

/** Every leg that the switchboard made, over the calls that were answered and heard. */
async function countLegs(world: World): Promise<number> {
  const channel = await makeChannel(world, { agents: 3 })
  const [first, ...others] = channel.agents
  if (!first) throw new Error('no agent')
  const ringing = await Promise.all(others.map(({ link }) => openHeadlessAgent(world.companionUrl, link)))
  // The door before the companion passes webhooks on, not sockets.
  const agent = await openAgent(world, { ...first, link: first.link.replace(new URL(first.link).origin, world.companionUrl) })
  try {
    await agent.beAvailable()
    const before = (await legs(world)).length
    for (let call = 0; call < ANSWERED_IN_BROWSERS; call += 1) {
      const caller = await dial(world, channel.number)
      await agent.rings()
      await agent.answer()
      await Promise.all([agent.hears(440), caller.hears(880)])
      await agent.hangUp()
      await caller.ended()
    }
    return ((await legs(world)).length - before) / ANSWERED_IN_BROWSERS
  } finally {
    for (const each of ringing) each.close()
    await agent.close()
  }
}

const legs = async (world: World) => (await world.ask<{ calls: { sid: string }[] }>('switchboard', 'GET', '/control/calls')).calls
