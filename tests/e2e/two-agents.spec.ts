/** Two browsers ring; one answers; the other falls silent and says who took it (RO1, RO2, IN4). */
import { expect, test } from '../kit/index.ts'

test('both ring, one answers, the other says who took it', async ({ agent, caller }) => {
  const [anna, ben] = await Promise.all([agent(0), agent(1)])
  await Promise.all([anna.beAvailable(), ben.beAvailable()])
  const phone = await caller()
  await Promise.all([anna.rings(), ben.rings()])

  await anna.answer()
  await expect((await ben.pilot()).getByText(`${anna.name} took the call.`)).toBeVisible()
  await ben.isSilent()
  await anna.hears(440)
  await phone.hears(880)
})

test('one declines and falls silent; the other still rings; both decline and the caller gets the voicemail', async ({ agent, caller }) => {
  const [anna, ben] = await Promise.all([agent(0), agent(1)])
  await Promise.all([anna.beAvailable(), ben.beAvailable()])
  await caller()
  await Promise.all([anna.rings(), ben.rings()])

  await anna.decline()
  await anna.isSilent()
  await ben.rings()
  await ben.decline()

  const desk = await ben.desk('#/threads')
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(desk.getByText('Everybody declined.')).toBeVisible()
})

test('two tabs of the CRM, one ring: answered in one, the other follows', async ({ agent, caller, world }) => {
  const anna = await agent()
  await anna.beAvailable()
  const second = await anna.browser.context.newPage()
  await second.goto(world.crmUrl)
  await caller()
  await expect((await anna.pilot(second)).getByRole('button', { name: /^answer/i })).toBeVisible()
  await anna.answer(second)
  await anna.hears(440)
  await anna.crm.bringToFront()
  await expect((await anna.pilot()).getByRole('button', { name: 'Hang up' })).toBeVisible()
})
