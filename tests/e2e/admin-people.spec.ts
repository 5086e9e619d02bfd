/** An admin invites somebody, hears a greeting before saving it, and asks who would ring. */
import { expect, test } from '../kit/index.ts'

test.use({ channelOptions: { agents: 2, admins: [0] } })

test('somebody invited is in the list, and the link is shown once', async ({ agent }) => {
  const ewa = await agent(0, { until: 'signed-in' })
  const desk = await ewa.desk('#/people')
  await desk.getByRole('button', { name: 'Invite' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Zofia Nowa')
  await dialog.getByLabel('E-mail').fill('zofia@example.com')
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await expect(desk.getByLabel('Sign-in link for Zofia Nowa')).toHaveValue(/^http.*#/)
  await desk.getByRole('button', { name: 'Edit: Zofia Nowa' }).click()
  await desk.getByRole('dialog').getByLabel('Role').selectOption('admin')
  await desk.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(desk.getByRole('listitem').filter({ hasText: 'Zofia Nowa' })).toContainText('Admin')
  await desk.getByRole('button', { name: 'Switch off: Zofia Nowa' }).click()
  await expect(desk.getByText(/signed out everywhere/)).toBeVisible()
  await desk.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
  await expect(desk.getByRole('listitem').filter({ hasText: 'Zofia Nowa' })).toContainText('Switched off')

  await desk.goto(desk.url().replace(/#.*/, '#/company'))
  await desk.getByLabel(/may hold a Service seat/).fill('40')
  await desk.getByRole('button', { name: 'Save' }).first().click()
  await expect(desk.getByText('Saved')).toBeVisible()
  await expect(desk.getByText('Person invited')).toBeVisible()
})

test('a greeting is heard before it is saved, and the preview says who would ring', async ({ agent, channel }) => {
  const ewa = await agent(0)
  const desk = await ewa.desk(`#/channels/edit/${channel.id}/greetings`)
  await desk.getByRole('button', { name: 'Hear it' }).first().click()
  await expect(desk.getByText('You hear what a caller hears')).toBeVisible()
  await desk.getByRole('button', { name: 'Stop' }).first().click()
  await expect(desk.getByText('You hear what a caller hears')).toBeHidden()

  await desk.goto(desk.url().replace(/#.*/, '#/channels/ring'))
  await desk.getByLabel('Channel').selectOption({ label: channel.name })
  await desk.getByRole('button', { name: 'Show' }).click()
  await expect(desk.getByRole('listitem').filter({ hasText: channel.agents[1]?.name ?? '' })).toContainText('was away')
  await expect(desk.getByText('The next 14 days')).toBeVisible()
})
