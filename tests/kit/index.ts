/**
 * The kit: what a browser test needs to place and answer real calls on one machine. `import { test, expect } from './kit/index.ts'`.
 *
 *     world     switchboard, companion and demo CRM, once for all tests of a worker
 *     channel   a channel of this test's own: number, hours, agents with sign-in links
 *     agent     opens a browser as one of its agents        caller   dials its number with a tone for a voice
 *     clock     moves time for companion and switchboard    faults   loses, doubles, delays callbacks; refuses media
 */
// The test without Playwright's own browser fixtures: ours are whole browsers with an extension, and `channel` is a phone channel here, not a browser's.
import { writeFile } from 'node:fs/promises'
import { _baseTest as base, type TestInfo } from '@playwright/test'
import { type Agent, type AgentOptions, openAgent } from './agent.ts'
import { type Caller, type DialOptions, dial } from './caller.ts'
import { type Channel, type ChannelOptions, makeChannel } from './channel.ts'
import type { Chromium } from './chromium.ts'
import { type Clock, makeClock } from './clock.ts'
import { type Faults, makeFaults } from './faults.ts'
import { startWorld, type World } from './world.ts'

export { expect } from '@playwright/test'
export { until } from './process.ts'
export type { Agent, Caller, Channel, Clock, Faults, World }

interface PerTest {
  channelOptions: ChannelOptions
  channel: Channel
  /** Opens a browser as the channel's nth agent (or with options of its own). All are closed after the test. */
  agent: (which?: number, options?: Partial<AgentOptions>) => Promise<Agent>
  /** Dials the channel's number. All hang up after the test. */
  caller: (options?: DialOptions) => Promise<Caller>
  clock: Clock
  faults: Faults
}

/** A failed test leaves a picture of every page, since a page says more than a time-out. */
async function takePictures(testInfo: TestInfo, { context }: Chromium): Promise<void> {
  for (const page of context.pages()) {
    const path = testInfo.outputPath(`${testInfo.attachments.length}-${new URL(page.url()).pathname.replaceAll('/', '') || 'page'}.png`)
    await page.screenshot({ path }).then(
      () => testInfo.attach('page', { path }),
      () => undefined,
    )
  }
}

export const test = base.extend<PerTest, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from the pattern
    async ({}, use) => {
      const world = await startWorld()
      await use(world)
      await world.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  channelOptions: [{} as ChannelOptions, { option: true }],
  channel: async ({ world, channelOptions }, use) => {
    await use(await makeChannel(world, channelOptions))
  },
  agent: async ({ world, channel }, use, testInfo) => {
    const open: Agent[] = []
    const onFailure = (browser: Chromium) => takePictures(testInfo, browser)
    await use(async (which = 0, options = {}) => {
      const person = channel.agents[which]
      if (!person) throw new Error(`This channel has ${channel.agents.length} agents; there is no number ${which}.`)
      const agent = await openAgent(world, { ...person, onFailure, ...options })
      open.push(agent)
      return agent
    })
    if (testInfo.status !== testInfo.expectedStatus) {
      for (const { browser } of open) await onFailure(browser)
      await writeFile(testInfo.outputPath('companion.log'), world.companion.output())
      await writeFile(
        testInfo.outputPath('switchboard.json'),
        JSON.stringify(await world.ask('switchboard', 'GET', '/control/log'), null, 1),
      )
    }
    await Promise.all(open.map((agent) => agent.close()))
  },
  caller: async ({ world, channel }, use) => {
    const dialled: Caller[] = []
    await use(async (options) => {
      const caller = await dial(world, channel.number, options)
      dialled.push(caller)
      return caller
    })
    await Promise.all(dialled.map((caller) => caller.hangUp().catch(() => undefined)))
  },
  clock: async ({ world }, use) => {
    await use(makeClock(world))
  },
  faults: async ({ world }, use) => {
    const faults = makeFaults(world)
    await use(faults)
    await faults.clear()
  },
})
