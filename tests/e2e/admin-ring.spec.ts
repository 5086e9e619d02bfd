/** CH8: who would ring is the router's own answer, by the channel's clock, also for what is not saved yet. */
import { expect, test } from '../kit/index.ts'

test.use({ channelOptions: { agents: 2, admins: [0] } })

test('who would ring, with a reason for everybody else, also for hours and people that are only typed', async ({ agent, channel }) => {
  const ewa = await agent(0)
  await ewa.beAvailable()
  const ben = channel.agents[1]?.name ?? ''
  const desk = await ewa.desk('#/channels/ring')
  const line = (name: string) => desk.getByRole('region', { name: 'Who would ring?' }).getByRole('listitem').filter({ hasText: name })
  await desk.getByLabel('Channel').selectOption({ label: channel.name })
  await desk.getByRole('button', { name: 'Show' }).click()
  await expect(desk.getByText('It rings for 1 person')).toBeVisible()
  await expect(line(ewa.name)).toContainText('Rings')
  await expect(line(ben)).toContainText('was away')
  await expect(desk.getByRole('region', { name: 'The next 14 days' }).getByRole('listitem')).toHaveCount(14)

  // 10:00 on the channel's wall is the evening before on this computer's.
  await desk.goto(desk.url().replace(/#.*/, `#/channels/edit/${channel.id}/hours`))
  await desk.getByLabel('Time zone').fill('Pacific/Auckland')
  await desk.getByLabel('Monday, from').fill('09:00')
  await desk.getByLabel('Monday, until').fill('17:00')
  await desk.getByRole('button', { name: 'Copy these hours: Monday' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Copy' }).click()
  await expect(desk.getByLabel('Friday, until')).toHaveValue('17:00')
  await expect(desk.getByLabel('Saturday, until')).toHaveValue('00:00')
  await desk.getByRole('button', { name: 'Add a day' }).click()
  await desk.getByLabel('Date', { exact: true }).fill('2026-12-08')
  await desk.getByLabel('Name', { exact: true }).fill('Stocktaking')
  await desk.getByLabel('Date and time').fill('2026-12-07T10:00')
  await expect(desk.getByText('By the channel’s clock: Pacific/Auckland.')).toBeVisible()
  await desk.getByRole('button', { name: 'Show' }).click()
  await expect(desk.getByText('It rings for 1 person')).toBeVisible()
  const strip = desk.getByRole('region', { name: 'The next 14 days' }).getByRole('listitem')
  await expect(strip.first()).toContainText('9:00')
  await expect(strip.nth(1)).toContainText('Stocktaking')
  await expect(strip.nth(1)).toContainText('Closed')
  await desk.getByLabel('Date and time').fill('2026-12-07T17:30')
  await desk.getByRole('button', { name: 'Show' }).click()
  await expect(desk.getByText(/^Nobody rings: the caller is asked/)).toBeVisible()
  await expect(desk.getByText('It was outside working hours.')).toBeVisible()

  await desk.goto(desk.url().replace(/#.*/, `#/channels/edit/${channel.id}/people`))
  await desk.getByLabel(ewa.name).uncheck()
  await desk.getByLabel('Date and time').fill('2026-12-07T10:00')
  await desk.getByRole('button', { name: 'Show' }).click()
  await expect(desk.getByText(/^Nobody rings: the caller is asked/)).toBeVisible()
  await expect(line(ben)).toBeVisible()
  await expect(line(ewa.name)).toHaveCount(0)
  // Nothing of it was saved.
  await desk.reload()
  await expect(desk.getByLabel(ewa.name)).toBeChecked()
})
