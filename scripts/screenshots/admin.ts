/** An admin connects a channel, step by step, and looks after it. */
import type { Page } from '@playwright/test'
import type { Agent } from '../../tests/kit/agent.ts'
import { shoot } from './shoot.ts'

const click = (desk: Page, name: string | RegExp) => desk.getByRole('button', { name }).first().click()
const go = (desk: Page, hash: string) => desk.goto(desk.url().replace(/#.*/, hash))

/** From where the page begins. */
async function shootTop(desk: Page, name: string): Promise<void> {
  await desk.locator('h1').first().scrollIntoViewIfNeeded()
  await shoot(desk, `admin/${name}`)
}

async function takeWizard(desk: Page): Promise<void> {
  await click(desk, 'Connect channel')
  await click(desk, 'Existing number')
  await desk.getByRole('row').nth(1).getByRole('button').click()
  await desk.getByRole('alert').filter({ hasText: 'removed' }).waitFor()
  await shootTop(desk, '1-existing-number')
  await click(desk, 'New number')
  await desk.getByLabel('Country').selectOption({ label: 'Poland (+48)' })
  await desk.getByLabel('First digits').fill('22')
  await click(desk, 'Generate')
  await desk.getByRole('button', { name: 'Claim this number' }).waitFor()
  await shootTop(desk, '1-number')
  await click(desk, 'Claim this number')
  await desk.getByText(/is yours$/).waitFor()
  await click(desk, 'Next')

  await desk.getByLabel('Pipeline').fill('Orders')
  await desk.getByLabel('Priority').selectOption({ label: 'High' })
  await shootTop(desk, '2-tickets')
  await click(desk, 'Next')

  await desk.getByLabel('Name of the channel').fill('Orders Warsaw')
  await desk.getByLabel('Time zone').fill('Europe/Warsaw')
  await click(desk, 'Add hours: Saturday')
  await shootTop(desk, '3-hours')
  for (const name of ['Alicja Nowak', 'Ben Carter', 'Dorota Wilk']) await desk.getByLabel(name).check()
  await desk.getByRole('group', { name: 'Who rings' }).scrollIntoViewIfNeeded()
  await desk.getByRole('group', { name: 'Voicemail during working hours' }).scrollIntoViewIfNeeded()
  await shoot(desk, 'admin/3-people-and-voicemail')
  await click(desk, 'Next')

  await click(desk, 'Finish: make it live')
  await desk.getByText(/is live$/).waitFor()
  await shootTop(desk, '4-finish')
}

/** The channel that the wizard made, next to the one that takes the demo's calls. */
export async function takeAdmin(admin: Agent): Promise<void> {
  const desk = await admin.desk('#/channels')
  await takeWizard(desk)

  await go(desk, '#/channels')
  await desk.getByRole('link', { name: 'Orders Warsaw' }).waitFor()
  await shootTop(desk, 'channels')
  await desk.getByRole('switch', { name: /^Orders Warsaw/ }).click()
  await desk.getByRole('dialog').getByRole('blockquote').waitFor()
  await shoot(desk, 'admin/switch-off')
  await desk.keyboard.press('Escape')

  await go(desk, '#/channels/ring')
  await desk.getByLabel('Channel').selectOption({ label: 'Orders Warsaw' })
  await desk.getByLabel('Date and time').fill('2026-12-22T10:30')
  await click(desk, 'Show')
  await desk.getByText('The next 14 days').waitFor()
  await shootTop(desk, 'who-would-ring')

  await go(desk, '#/people')
  await desk.getByRole('listitem').filter({ hasText: 'Ben Carter' }).waitFor()
  await shootTop(desk, 'people')
}
