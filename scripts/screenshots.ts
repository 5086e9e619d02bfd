/** `npm run screenshots`: the pictures of the README, taken from a real call in the local world. They land in docs/images. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { type Agent, openAgent } from '../tests/kit/agent.ts'
import { type Caller, dial } from '../tests/kit/caller.ts'
import type { Channel } from '../tests/kit/channel.ts'
import { startWorld } from '../tests/kit/world.ts'
import { buildExtension } from './start/extension.ts'
import { seed } from './start/seed.ts'

const folder = path.resolve('docs', 'images')
const popupSize = { width: 360, height: 300 }
const note = 'Two pallets are still at the terminal. Sends the reference by e-mail today; call back on Thursday before lunch.'

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
  console.log(`docs/images/${name}.png`)
}

async function takeAll(agent: Agent, call: () => Promise<Caller>, crmUrl: string): Promise<void> {
  await agent.beAvailable()
  const popup = await agent.popup()
  await popup.setViewportSize(popupSize)
  await popup.getByRole('switch').waitFor()
  await shoot(popup, 'popup')
  await popup.close()

  await agent.crm.goto(`${crmUrl}/contacts/101`)
  await agent.crm.bringToFront()
  const caller = await call()
  await agent.rings()
  await shoot(agent.crm, 'ringing')

  await agent.answer()
  await agent.hears(440)
  const pilot = await agent.pilot()
  await pilot.getByRole('button', { name: 'Take notes' }).click()
  await pilot.getByRole('textbox', { name: 'Note' }).fill(note)
  await pilot.getByText('Saved', { exact: true }).waitFor()
  await shoot(agent.crm, 'in-call')
  await agent.hangUp()
  await caller.ended()

  const desk = await agent.desk('#/threads')
  await desk
    .getByRole('link', { name: /Anna Kowalska/ })
    .first()
    .click()
  await desk.getByRole('main').getByText(note).last().waitFor()
  await desk.getByText('Who rang').click()
  await shoot(desk, 'thread')
}

mkdirSync(folder, { recursive: true })
await buildExtension(console.log)
const world = await startWorld()
try {
  const channel = await world.ask<Channel>('companion', 'POST', '/test/seed', seed)
  const [person] = channel.agents
  if (!person) throw new Error('The seed made no agent.')
  const agent = await openAgent(world, person)
  const call = () => dial(world, channel.number, { from: '+48585550101' })
  await takeAll(agent, call, world.crmUrl).finally(() => agent.close())
} finally {
  await world.close()
}
