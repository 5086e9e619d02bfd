/** PE1–PE3: an admin invites somebody, changes their role, switches them off; and finds it in the audit log. */
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
