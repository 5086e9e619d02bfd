/** One person, two browsers (AV2, IN4): one availability, both ring, one takes the call, the other falls silent and says where it is. */
import { expect, test } from '../kit/index.ts'

test('availability is the same in both browsers; both ring, one answers, the other falls silent', async ({ agent, caller, channel }) => {
  const office = await agent(0)
  const home = await agent(0, { link: await channel.newLink(0) })
  const [here, there] = [await office.popup(), await home.popup()]
  const toggle = (popup: typeof here) => popup.getByRole('switch', { name: /available/i })

  await toggle(here).click()
  await expect(toggle(there)).toHaveAttribute('aria-checked', 'true')
  for (const popup of [here, there]) await expect(popup.getByText('Ready for calls', { exact: true }).first()).toBeVisible()
  await toggle(there).click()
  await expect(toggle(here)).toHaveAttribute('aria-checked', 'false')
  for (const popup of [here, there]) await expect(popup.getByText('Away', { exact: true }).first()).toBeVisible()
  await toggle(there).click()
  await expect(here.getByText('Ready for calls', { exact: true }).first()).toBeVisible()
  await Promise.all([office.crm.bringToFront(), home.crm.bringToFront()])

  const phone = await caller()
  await Promise.all([office.rings(), home.rings()])
  await home.answer()
  await office.isSilent()
  await home.hears(440)
  await phone.hears(880)
  await expect((await office.pilot()).getByText('You are taking this call in another browser')).toBeVisible()
  await expect(here.getByText('Ready for calls', { exact: true })).toHaveCount(0)

  // The one that has the call ends it, and both are ready again.
  await home.hangUp()
  await phone.ended()
  for (const popup of [here, there]) await expect(popup.getByText('Ready for calls', { exact: true }).first()).toBeVisible()
})
