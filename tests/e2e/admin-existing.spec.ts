/** CH3: a number that another channel has is taken over, at Finish and not before, after a warning that names who is removed. */
import { expect, test } from '../kit/index.ts'

test.use({ channelOptions: { agents: 2, admins: [0] } })

test('an existing number is taken over after a warning', async ({ agent, channel }) => {
  const ewa = await agent(0, { until: 'signed-in' })
  const desk = await ewa.desk('#/channels')
  await desk.getByRole('button', { name: 'Connect channel' }).first().click()
  await desk.getByRole('button', { name: 'Existing number' }).click()
  const row = desk.getByRole('row').filter({ hasText: channel.name })
  await expect(row).toContainText(channel.agents[1]?.name ?? '')
  await row.getByRole('button').click()
  await expect(desk.getByRole('alert').filter({ hasText: 'All users assigned to it will be removed' })).toContainText(ewa.name)
  for (const _ of ['number', 'tickets', 'routing']) await desk.getByRole('button', { name: 'Next' }).click()
  await desk.getByRole('button', { name: 'Finish: make it live' }).click()
  await expect(desk.getByText(/is live$/)).toBeVisible()
  await desk.getByRole('button', { name: 'Make a test call' }).isEnabled()
  await desk.goto(desk.url().replace(/#.*/, '#/channels'))
  await expect(desk.getByRole('listitem').filter({ hasText: channel.name })).toContainText('0 of 0 reachable')
})
