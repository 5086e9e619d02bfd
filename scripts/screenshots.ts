/** `npm run screenshots`: the pictures of the README and of docs/admin.md, taken in the local world. They land in docs/images. */
import { openAgent } from '../tests/kit/agent.ts'
import { dial } from '../tests/kit/caller.ts'
import type { Channel } from '../tests/kit/channel.ts'
import { startWorld } from '../tests/kit/world.ts'
import { takeAdmin } from './screenshots/admin.ts'
import { takeAgent } from './screenshots/agent.ts'
import { buildExtension } from './start/extension.ts'
import { seed } from './start/seed.ts'

await buildExtension(console.log)
const world = await startWorld()
try {
  const channel = await world.ask<Channel>('companion', 'POST', '/test/seed', seed)
  const [person, , boss] = channel.agents
  if (!person || !boss) throw new Error('The seed made no agent, or no admin.')
  const agent = await openAgent(world, person)
  const call = () => dial(world, channel.number, { from: '+48585550101' })
  await takeAgent(agent, call, world.crmUrl)
  // The agent stays, so that somebody is reachable.
  const admin = await openAgent(world, { ...boss, until: 'signed-in' })
  await takeAdmin(admin).finally(() => admin.close())
  await agent.close()
} finally {
  await world.close()
}
