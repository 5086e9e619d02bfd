/** The tab at the page's edge (OV6): hidden by a key, and shown again from the list of sites. */
import { expect, test } from '../kit/index.ts'

test('a hidden tab stays hidden, also after a reload, until the person wants it back', async ({ agent, world }) => {
  const anna = await agent()
  const tab = anna.crm.getByRole('complementary', { name: /^Ringside/ })
  await expect(tab).toBeVisible()
  await anna.crm.keyboard.press('Shift+Tab')
  await anna.crm.keyboard.press('Delete')
  await expect(tab).toHaveCount(0)
  await anna.crm.reload()

  const desk = await anna.desk('#/sites')
  const host = new URL(world.crmUrl).host
  const show = desk.getByRole('button', { name: `Show the tab at the page’s edge on http://${host}` })
  await expect(show).toBeVisible()
  await expect(tab).toHaveCount(0)
  await show.click()
  await expect(desk.getByText(`The tab is shown again on ${host}.`)).toBeVisible()
  await expect(show).toHaveCount(0)
  await expect(tab).toBeVisible()
})
