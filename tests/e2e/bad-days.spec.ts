/** What goes wrong in life, and what the person is told: a code, words, a remedy. Nothing is lost. */
import type { Page } from '@playwright/test'
import { launchChromium } from '../kit/chromium.ts'
import { extensionId } from '../kit/extension-id.ts'
import { expect, test } from '../kit/index.ts'

const signIn = async (desk: Page, link: string) => {
  await desk.getByLabel('Sign-in link').fill(link)
  await desk.getByRole('button', { name: 'Sign in' }).click()
}

test('a sign-in link that is none, used, of another address, or of a companion that is down', async ({ agent, channel, world }) => {
  await agent(0, { until: 'signed-in' })
  const used = channel.agents[0]?.link ?? ''
  const browser = await launchChromium({ spki: world.spki })
  try {
    const desk = await browser.context.newPage()
    await desk.goto(`chrome-extension://${extensionId}/desk.html`)
    const wrong: [string, string, string][] = [
      ['hello', 'This is not a sign-in link.', 'Paste the whole link that your admin sent'],
      [used, 'This sign-in link was used already or has expired.', 'Ask your admin for a new link.'],
      [
        used.replace(world.companionUrl, world.crmUrl.replace(/\/$/, '')),
        'There is no Ringside companion at this address.',
        'Check the address',
      ],
      [used.replace(world.companionUrl, 'http://127.0.0.1:9'), 'The companion cannot be reached.', 'Check your network.'],
    ]
    for (const [link, words, remedy] of wrong) {
      await signIn(desk, link)
      await expect(desk.getByText(words).first()).toBeVisible()
      await expect(desk.getByText(remedy).first()).toBeVisible()
    }
    await signIn(desk, channel.agents[1]?.link ?? '')
    await expect(desk.getByRole('switch')).toBeVisible()
  } finally {
    await browser.close()
  }
})

test('a microphone that is refused, or missing: the agent is blocked, told why, and not rung', async ({ agent, caller, world }) => {
  const refused = await agent(0, { until: 'signed-in', microphone: 'refused' })
  const desk = await refused.desk('#/microphone')
  await desk.getByRole('button', { name: /allow the microphone|start the check/i }).click()
  await expect(desk.getByText('The microphone is blocked')).toBeVisible()
  await desk.getByRole('switch').click()
  await expect(desk.getByText('You cannot be reached').first()).toBeVisible()

  const phone = await caller()
  await expect
    .poll(async () => JSON.stringify(await world.ask('switchboard', 'GET', `/control/log?call=${(await phone.state()).callSid}`)))
    .toContain('Nobody can answer right now')
  await desk.goto(`chrome-extension://${extensionId}/desk.html#/threads`)
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await desk.getByText('Who rang').click()
  await expect(desk.getByRole('row').filter({ hasText: refused.name })).toContainText('microphone not allowed')

  const missing = await agent(1, { until: 'signed-in', microphone: 'missing' })
  const check = await missing.desk('#/microphone')
  await check.getByRole('button', { name: /allow the microphone|start the check/i }).click()
  await expect(check.getByText('No microphone was found').first()).toBeVisible()
})

test.describe('without a seat', () => {
  test.use({ channelOptions: { agents: 1, withoutSeat: [0] } })
  test('the phone says so, and who can grant one', async ({ agent }) => {
    const anna = await agent()
    const popup = await anna.popup()
    await popup.getByRole('switch').click()
    await expect(popup.getByText('You have no Service seat.')).toBeVisible()
  })
})

test('the companion dies in a call: the sound goes on, the note waits and is sent once, the thread is whole', async ({
  agent,
  caller,
  world,
}) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  const pilot = await anna.pilot()
  await pilot.getByRole('button', { name: 'Take notes' }).click()
  const note = pilot.getByRole('textbox', { name: 'Note' })
  await note.fill('Before.')
  await expect(pilot.getByText('Saved', { exact: true })).toBeVisible()

  await world.companion.kill()
  await note.fill('Before. And while nobody listened.')
  await expect(pilot.getByText('Waiting for the network. Kept here.')).toBeVisible()
  await anna.hears(440)
  await phone.hears(880)

  await world.restartCompanion()
  await expect(pilot.getByText('Saved', { exact: true })).toBeVisible({ timeout: 30_000 })
  await anna.hangUp()
  await phone.ended()
  const desk = await anna.desk('#/threads')
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(desk.getByRole('list', { name: 'Entries' }).getByText('Before. And while nobody listened.')).toHaveCount(1)
})

test('hung up while the companion is down: the sound ends at once, and the caller’s leg as soon as it is back', async ({
  agent,
  caller,
  world,
}) => {
  const [anna, ben] = await Promise.all([agent(0), agent(1)])
  await Promise.all([anna.beAvailable(), ben.beAvailable()])
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  await phone.hears(880)

  await world.companion.kill()
  await anna.hangUp()
  await phone.hearsSilence()
  expect((await phone.state()).state).not.toBe('ended')

  await world.restartCompanion()
  await phone.ended(30_000)
  await ben.isSilent()
  const desk = await anna.desk('#/threads')
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(desk.getByRole('combobox', { name: /owner/i }).locator('option:checked')).toHaveText(anna.name)
  await expect(desk.getByText('Answered').first()).toBeVisible()
})

test('no sound comes through: the agent is told, and the call rings on with the others', async ({ agent, caller, faults }) => {
  const [anna, ben] = await Promise.all([agent(0), agent(1)])
  await Promise.all([anna.beAvailable(), ben.beAvailable()])
  await faults.add({ match: { kind: 'media' }, do: 'refuse-media', times: 1 })
  const phone = await caller()
  await Promise.all([anna.rings(), ben.rings()])
  await anna.answer()
  await ben.isSilent()
  // After ten seconds without a packet the phone gives the call back.
  await ben.rings(25_000)
  await ben.answer()
  await ben.hears(440)
  await phone.hears(880)
})
