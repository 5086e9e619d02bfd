/** CH3: a number that another channel has is taken over, at Finish and not before, after a warning that names who is removed. */
import { dial } from '../kit/caller.ts'
import { expect, test } from '../kit/index.ts'
import { toneWav } from '../kit/tone.ts'

test.use({ channelOptions: { agents: 2, admins: [0] } })

test('an existing number is taken over after a warning; a test call lets the admin hear what callers then hear', async ({
  agent,
  channel,
  world,
}) => {
  const ewa = await agent(0)
  const desk = await ewa.desk('#/channels')
  const list = await ewa.desk('#/channels')
  const before = list.getByRole('listitem').filter({ hasText: channel.name })
  await desk.bringToFront()
  await desk.getByRole('button', { name: 'Connect channel' }).first().click()
  await desk.getByRole('button', { name: 'Existing number' }).click()
  await desk.getByLabel('Search number').fill('no such')
  await expect(desk.getByText('No number matches.')).toBeVisible()
  await desk.getByLabel('Search number').fill(channel.number.slice(-5))
  const row = desk.getByRole('row').filter({ hasText: channel.name })
  await expect(row).toContainText(channel.agents[1]?.name ?? '')
  await row.getByRole('button').click()
  await expect(desk.getByRole('alert').filter({ hasText: 'All users assigned to it will be removed' })).toContainText(ewa.name)
  // Whoever turns to a new number does not go on with this one unawares.
  await desk.getByRole('button', { name: 'New number' }).click()
  await expect(desk.getByRole('button', { name: 'Next' })).toBeDisabled()
  await desk.getByRole('button', { name: 'Existing number' }).click()
  await row.getByRole('button').click()
  for (const _ of ['number', 'tickets']) await desk.getByRole('button', { name: 'Next' }).click()
  await desk.getByLabel('Name of the channel').fill('Taken over')
  for (const name of ['Voicemail during working hours', 'Voicemail after hours']) {
    const group = desk.getByRole('group', { name })
    const chooser = desk.waitForEvent('filechooser')
    await group.getByRole('button', { name: 'Upload a recording' }).click()
    await (await chooser).setFiles({ name: 'greeting.wav', mimeType: 'audio/wav', buffer: toneWav(700, 20, 16_000) })
    await expect(group.getByText('An uploaded recording')).toBeVisible()
  }
  await desk.getByRole('button', { name: 'Next' }).click()
  const moves = desk.getByRole('status').filter({ hasText: `Finishing takes the number from ${channel.name}` })
  await expect(moves).toContainText(ewa.name)
  await list.reload()
  await expect(before).toContainText('of 2 reachable')

  await desk.getByRole('button', { name: 'Finish: make it live' }).click()
  await expect(desk.getByText(/is live$/)).toBeVisible()
  await desk.getByRole('button', { name: 'Make a test call' }).click()
  await ewa.hears(700)
  await desk.getByRole('button', { name: 'Stop' }).click()
  await ewa.hearsSilence()
  const phone = await dial(world, channel.number)
  await phone.hears(700)
  await phone.hangUp()
  await list.reload()
  await expect(before).toContainText('0 of 0 reachable')
})
