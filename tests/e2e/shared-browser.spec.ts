/** One browser that several people use: what one of them wrote and could not send waits for them, and is nobody else's (TH2). */
import type { Page } from '@playwright/test'
import { expect, test } from '../kit/index.ts'

const signOut = async (desk: Page) => {
  await desk.getByRole('link', { name: 'Account' }).click()
  await desk.getByRole('button', { name: 'Sign out' }).click()
  await desk.getByRole('alert').getByRole('button', { name: 'Sign out' }).click()
  await expect(desk.getByLabel('Sign-in link')).toBeVisible({ timeout: 20_000 })
}

const signIn = async (desk: Page, link: string) => {
  await desk.getByLabel('Sign-in link').fill(link)
  await desk.getByRole('button', { name: 'Sign in' }).click()
  await expect(desk.getByRole('switch')).toBeVisible()
}

const openThread = async (desk: Page) => {
  await desk.getByRole('link', { name: 'Threads' }).click()
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(desk.getByRole('list', { name: 'Entries' })).toBeVisible()
}

test('a note that could not be sent survives the sign-in of somebody else, who neither sees nor sends it', async ({
  agent,
  caller,
  channel,
  world,
}) => {
  const anna = await agent(0)
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  const pilot = await anna.pilot()
  await pilot.getByRole('button', { name: 'Take notes' }).click()
  await phone.hears(880)
  await anna.hangUp()
  await phone.ended()
  await world.companion.kill()
  await pilot.getByRole('textbox', { name: 'Note' }).fill('She wants her money back.')
  await expect(pilot.getByText('Waiting for the network. Kept here.')).toBeVisible()

  const desk = await anna.desk('#/threads')
  await signOut(desk)
  await expect(desk.getByText('1 note waits in this browser.')).toBeVisible()
  await world.restartCompanion()

  await signIn(desk, await channel.newLink(1))
  await openThread(desk)
  await expect(desk.getByText('the network')).toHaveCount(0)
  await expect(desk.getByText('She wants her money back.')).toHaveCount(0)
  await signOut(desk)

  await signIn(desk, await channel.newLink(0))
  await openThread(desk)
  const note = desk.getByRole('list', { name: 'Entries' }).getByRole('listitem').filter({ hasText: 'She wants her money back.' })
  await expect(note).toHaveCount(1)
  await expect(note).toContainText(anna.name)
})
