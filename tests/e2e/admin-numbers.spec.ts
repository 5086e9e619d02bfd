/** What becomes of a number outside: somebody leads it elsewhere, it is repaired; it is given back for ever (MA2, MA3). */
import { openAccount } from '../kit/account.ts'
import { expect, test } from '../kit/index.ts'

test.use({ channelOptions: { agents: 2, admins: [0] } })

test('a number that was led elsewhere in the console is repaired with one button, and rings again', async ({
  agent,
  world,
  channel,
  caller,
}) => {
  const ewa = await agent(0)
  await ewa.beAvailable()
  const account = await openAccount(world)
  await account.changeNumber(channel.number, {
    VoiceUrl: `${world.switchboardUrl}/twimlets/echo?Twiml=%3CResponse%3E%3CReject%2F%3E%3C%2FResponse%3E`,
  })
  const lost = await caller()
  await lost.ended()

  const desk = await ewa.desk('#/channels')
  const line = desk.getByRole('listitem').filter({ hasText: channel.name })
  await expect(line.getByText('Calls to this number do not come here')).toBeVisible()
  await line.getByRole('button', { name: 'Repair' }).click()
  await expect(line.getByText('Calls to this number do not come here')).toBeHidden()
  await ewa.crm.bringToFront()
  const phone = await caller()
  await ewa.rings()
  await ewa.answer()
  await ewa.hears(440)
  await phone.hears(880)
  await ewa.hangUp()

  await desk.bringToFront()
  await desk.goto(desk.url().replace(/#.*/, '#/company'))
  await desk.getByText('Number repaired').click()
  await expect(desk.getByRole('cell', { name: 'voice' })).toBeVisible()
})

test('a number is given back only by its own typed confirmation, once no channel has it', async ({ agent, world, channel }) => {
  const ewa = await agent(0, { until: 'signed-in' })
  const desk = await ewa.desk('#/channels/numbers')
  const account = await openAccount(world)
  const shown = channel.number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3')
  const line = desk.getByRole('listitem').filter({ hasText: shown })
  await expect(line.getByRole('button', { name: 'Release' })).toBeDisabled()

  await desk.goto(desk.url().replace(/#.*/, `#/channels/edit/${channel.id}`))
  await desk.getByRole('button', { name: 'Delete channel' }).click()
  const dialog = desk.getByRole('dialog')
  await expect(dialog).toContainText('stays yours')
  await dialog.getByRole('textbox').fill(channel.number)
  await dialog.getByRole('button', { name: 'Delete channel' }).click()
  await expect(desk.getByRole('heading', { name: 'Numbers' })).toBeVisible()

  await line.getByRole('button', { name: 'Release' }).click()
  await expect(dialog).toContainText('cannot be undone')
  await dialog.getByRole('textbox').fill('+1 202 555 0100')
  await dialog.getByRole('button', { name: 'Release' }).click()
  await expect(dialog.getByText('That is not the number.')).toBeVisible()
  await dialog.getByRole('textbox').fill(shown.replace('+1 ', '(').replace(' ', ') '))
  await dialog.getByRole('button', { name: 'Release' }).click()
  await expect(dialog).toBeHidden()
  await expect(line).toHaveCount(0)
  expect((await account.numbers()).map(({ phone_number }) => phone_number)).not.toContain(channel.number)
})

test('a number that is given back while a wizard has it: the end says so, leads to the step, and another is claimed', async ({ agent }) => {
  const ewa = await agent(0, { until: 'signed-in' })
  const desk = await ewa.desk(`#/channels/draft/${crypto.randomUUID()}`)
  const claim = async () => {
    await desk.getByRole('button', { name: 'New number' }).click()
    await desk.getByLabel('Country').selectOption({ label: 'Canada (+1)' })
    await desk.getByRole('button', { name: 'Generate' }).click()
    await desk.getByRole('button', { name: 'Claim this number' }).click()
    await expect(desk.getByText(/is yours$/)).toBeVisible()
    for (const _ of ['number', 'tickets', 'routing']) await desk.getByRole('button', { name: 'Next' }).click()
  }
  await claim()
  const shown = await desk.locator('dd.digits').innerText()
  const numbers = await ewa.desk('#/channels/numbers')
  await numbers.getByRole('listitem').filter({ hasText: shown }).getByRole('button', { name: 'Release' }).click()
  await numbers.getByRole('dialog').getByRole('textbox').fill(shown)
  await numbers.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
  await expect(numbers.getByText(shown)).toHaveCount(0)

  await desk.bringToFront()
  await desk.getByRole('button', { name: 'Finish: make it live' }).click()
  const missing = desk.getByRole('alert').filter({ hasText: 'Something is missing' })
  await missing.getByRole('button', { name: 'Calls: number' }).click()
  await expect(desk.getByRole('button', { name: 'Next' })).toBeDisabled()
  await claim()
  await desk.getByRole('button', { name: 'Finish: make it live' }).click()
  await expect(desk.getByText(/is live$/)).toBeVisible()
})
