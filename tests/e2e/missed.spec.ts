/** Nobody answers, everybody is away, or it is after hours: the right greeting, a voicemail, an unassigned thread, everyone notified (RO3, MI1, MI3). */
import { expect, test, until } from '../kit/index.ts'

test('nobody answers: the caller leaves a voicemail, and it plays in a new unassigned thread', async ({ agent, caller, clock, world }) => {
  const [anna, ben] = await Promise.all([agent(0), agent(1)])
  await anna.beAvailable()
  const phone = await caller({ toneHz: 440 })
  await anna.rings()
  await clock.advance(31)
  await anna.isSilent()
  const log = await until(async () => {
    const { callSid } = await phone.state()
    const lines = JSON.stringify(await world.ask('switchboard', 'GET', `/control/log?call=${callSid}`))
    return lines.includes('Nobody can answer right now') && lines.includes('Record') ? lines : undefined
  })
  expect(log).not.toContain('We are closed')
  // A second of voice; then the clock brings the silence that ends a message.
  const { heardMs } = await phone.state()
  await until(async () => (await phone.state()).heardMs > heardMs + 1000)
  await clock.advance(20)
  await phone.hangUp()

  for (const each of [anna, ben]) {
    const popup = await each.popup()
    await expect(popup.getByText(/voicemail/i).first()).toBeVisible({ timeout: 15_000 })
    await popup.close()
  }
  const desk = await ben.desk('#/threads')
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(desk.getByLabel('Owner')).toHaveText(/Unassigned/)
  await desk.getByRole('button', { name: /Play the voicemail/ }).click()
  await expect(desk.getByRole('button', { name: 'Pause' })).toBeVisible()
})

test('everybody is away: the in-hours greeting at once, no dead ringing', async ({ agent, caller, world }) => {
  const anna = await agent()
  await anna.beAway()
  const phone = await caller()
  await until(async () => {
    const { callSid } = await phone.state()
    return (
      callSid &&
      JSON.stringify(await world.ask('switchboard', 'GET', `/control/log?call=${callSid}`)).includes('Nobody can answer right now')
    )
  })
  await phone.hangUp()
  const popup = await anna.popup()
  await expect(popup.getByText(/missed/i).first()).toBeVisible()
})

test.describe('after hours', () => {
  test.use({ channelOptions: { open: 'never' } })
  test('the after-hours greeting at once; owning the thread clears it for the others', async ({ agent, caller, world }) => {
    const [anna, ben] = await Promise.all([agent(0), agent(1)])
    await anna.beAvailable()
    const phone = await caller()
    await until(async () => {
      const { callSid } = await phone.state()
      return callSid && JSON.stringify(await world.ask('switchboard', 'GET', `/control/log?call=${callSid}`)).includes('We are closed')
    })
    await phone.hangUp()

    const bensPopup = await ben.popup()
    await expect(bensPopup.getByText('No missed calls. Well done.')).toBeHidden()
    const desk = await anna.desk('#/threads')
    await desk
      .getByRole('link', { name: /48 22 123 45 67/ })
      .first()
      .click()
    await desk.getByLabel('Owner').selectOption({ label: anna.name })
    await expect(bensPopup.getByText('No missed calls. Well done.')).toBeVisible()
  })
})
