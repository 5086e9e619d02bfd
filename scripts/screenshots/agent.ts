/** An agent's day: the popup, a call over the CRM, the thread that is left. */
import type { Agent } from '../../tests/kit/agent.ts'
import type { Caller } from '../../tests/kit/caller.ts'
import { shoot } from './shoot.ts'

const popupSize = { width: 360, height: 300 }
const note = 'Two pallets are still at the terminal. Sends the reference by e-mail today; call back on Thursday before lunch.'

export async function takeAgent(agent: Agent, call: () => Promise<Caller>, crmUrl: string): Promise<void> {
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
