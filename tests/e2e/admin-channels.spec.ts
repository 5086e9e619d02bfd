/** An admin connects a number, and the channel that comes of it takes a call; then it is edited, switched off and deleted. */
import { dial } from '../kit/caller.ts'
import { expect, test } from '../kit/index.ts'

test.use({ channelOptions: { agents: 2, admins: [0] } })

test('the wizard makes a channel that rings, and the channel is managed afterwards', async ({ agent, world, channel }) => {
  test.setTimeout(180_000)
  const ewa = await agent(0)
  await ewa.beAvailable()
  const desk = await ewa.desk('#/channels')
  await expect(desk.getByRole('link', { name: channel.name })).toBeVisible()

  await desk.getByRole('button', { name: 'Connect channel' }).first().click()
  await desk.getByRole('button', { name: 'New number' }).click()
  await desk.getByLabel('Country').selectOption({ label: 'United States (+1)' })
  await desk.getByRole('button', { name: 'Generate' }).click()
  await desk.getByRole('button', { name: 'Claim this number' }).click()
  await expect(desk.getByText(/is yours$/)).toBeVisible()
  await desk.getByRole('button', { name: 'Next' }).click()

  await desk.getByLabel('Pipeline').fill('Sales')
  await expect(desk.getByRole('definition').filter({ hasText: 'Sales' })).toBeVisible()
  await desk.getByRole('button', { name: 'Next' }).click()

  await desk.getByLabel('Name of the channel').fill('Sales line')
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) {
    const add = desk.getByRole('button', { name: `Add hours: ${day}` })
    if (!(await desk.getByLabel(`${day}, from`).isVisible())) await add.click()
    await desk.getByLabel(`${day}, from`).fill('00:00')
    await desk.getByLabel(`${day}, until`).fill('00:00')
  }
  await desk.getByLabel(ewa.name).check()
  // Leaving loses nothing: the page is loaded again in the middle.
  await desk.getByRole('button', { name: 'Back' }).click()
  await expect(desk.getByLabel('Pipeline')).toHaveValue('Sales')
  await desk.reload()
  await desk.getByRole('button', { name: 'Next' }).click()
  await expect(desk.getByLabel('Name of the channel')).toHaveValue('Sales line')
  await expect(desk.getByLabel(ewa.name)).toBeChecked()
  await desk.getByRole('button', { name: 'Next' }).click()

  await desk.getByRole('button', { name: 'Finish: make it live' }).click()
  await expect(desk.getByText(/is live$/)).toBeVisible()
  const { channels } = await desk.evaluate(() => ({ channels: document.querySelector('dd.digits')?.textContent ?? '' }))
  const number = channels.replace(/[^+\d]/g, '')
  await ewa.crm.bringToFront()
  const phone = await dial(world, number)
  await ewa.rings()
  await ewa.answer()
  await ewa.hears(440)
  await ewa.hangUp()
  await phone.ended()

  await desk.bringToFront()
  await desk.goto(desk.url().replace(/#.*/, '#/channels'))
  await desk.getByRole('switch', { name: /^Sales line/ }).click()
  await expect(desk.getByText('Nobody rings any more. Callers hear this:')).toBeVisible()
  await desk.getByRole('button', { name: 'Switch off' }).click()
  await expect(desk.getByRole('switch', { name: /^Sales line/ })).not.toBeChecked()

  await desk.getByRole('link', { name: 'Sales line' }).click()
  await desk.getByLabel('Name of the channel').fill('Sales and more')
  await desk.getByRole('button', { name: 'Save' }).click()
  await expect(desk.getByRole('heading', { name: 'Sales and more', level: 1 })).toBeVisible()
  await desk.getByRole('button', { name: 'Delete channel' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByRole('textbox').fill('+1 202 555 0100')
  await dialog.getByRole('button', { name: 'Delete channel' }).click()
  await expect(dialog.getByText('That is not the number.')).toBeVisible()
  await dialog.getByRole('textbox').fill(number.replace(/^\+1(\d{3})(\d{3})/, '($1) $2-'))
  await dialog.getByRole('button', { name: 'Delete channel' }).click()
  await expect(desk.getByRole('heading', { name: 'Numbers' })).toBeVisible()
})
