/** The call outside any page of ours: the system notification answers and declines, and is gone when the ring is over (IN1, IN4). */
import { expect, test } from '../kit/index.ts'
import { watchNotifications } from '../kit/notifications.ts'

test('Answer in the system notification answers the call', async ({ agent, caller, channel }) => {
  const anna = await agent()
  await anna.beAvailable()
  const notifications = await watchNotifications(anna.browser)
  const phone = await caller({ from: '+48585550101' })
  await anna.rings()

  // The name is known once the CRM was asked, a moment after the ring began.
  await expect
    .poll(notifications.shown)
    .toMatchObject([{ title: 'Anna Kowalska is calling', message: `Bałtyk Logistyka · ${channel.name}`, buttons: ['Answer', 'Decline'] }])
  const [ring] = await notifications.shown()

  await notifications.press(ring?.id ?? '', 'Answer')
  await anna.hears(440)
  await phone.hears(880)
  await expect.poll(notifications.shown).toEqual([])
  await expect((await anna.pilot()).getByRole('button', { name: 'Hang up' })).toBeVisible()
})

test('Decline in the system notification silences this agent only', async ({ agent, caller }) => {
  const [anna, ben] = await Promise.all([agent(0), agent(1)])
  await Promise.all([anna.beAvailable(), ben.beAvailable()])
  const [annas, bens] = [await watchNotifications(anna.browser), await watchNotifications(ben.browser)]
  const phone = await caller()
  await Promise.all([anna.rings(), ben.rings()])
  await expect.poll(async () => (await annas.shown()).length).toBe(1)

  await annas.press((await annas.shown())[0]?.id ?? '', 'Decline')
  await anna.isSilent()
  await expect.poll(annas.shown).toEqual([])
  await ben.rings()

  await ben.answer()
  await phone.hears(880)
  await expect.poll(bens.shown).toEqual([])
})
