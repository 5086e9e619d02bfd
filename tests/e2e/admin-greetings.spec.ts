/** CH6: a recording takes the place of the text; the admin hears it before saving, and callers hear the same. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../kit/index.ts'
import { toneWav } from '../kit/tone.ts'

test.use({ channelOptions: { agents: 1, admins: [0], open: 'never' } })

const upload = async (desk: Page, group: Locator, name: string, buffer: Buffer) => {
  const chooser = desk.waitForEvent('filechooser')
  await group.getByRole('button', { name: 'Upload a recording' }).click()
  await (await chooser).setFiles({ name, mimeType: name.endsWith('wav') ? 'audio/wav' : 'text/plain', buffer })
}

test('a recording is refused beside the button, or heard by the admin before it is saved, and then by callers', async ({
  agent,
  channel,
  caller,
}) => {
  const ewa = await agent(0)
  const desk = await ewa.desk(`#/channels/edit/${channel.id}/greetings`)
  const evening = desk.getByRole('group', { name: 'Voicemail after hours' })

  await evening.getByLabel('Language').selectOption({ label: 'Polish (Poland)' })
  await expect(evening.getByText('The text looks English, the voice speaks Polish (Poland).')).toBeVisible()
  await evening.getByLabel('Language').selectOption({ label: 'American English' })
  await upload(desk, evening, 'greeting.wav', Buffer.from('To whom it may concern'))
  await expect(evening.getByRole('alert')).toHaveText(/no sound file/)
  await upload(desk, evening, 'greeting.wav', toneWav(700, 121, 8000))
  await expect(evening.getByRole('alert')).toHaveText(/longer than two minutes/)
  await upload(desk, evening, 'greeting.wav', toneWav(0, 2, 8000))
  await expect(evening.getByRole('alert')).toHaveText(/Nothing can be heard/)
  await upload(desk, evening, 'greeting.wav', Buffer.alloc(10_000_001))
  await expect(evening.getByRole('alert')).toHaveText(/larger than 10 MB/)
  await expect(evening.getByLabel('What the caller hears')).toHaveValue(/We are closed/)

  await upload(desk, evening, 'greeting.wav', toneWav(700, 30, 44_100, 0.02))
  await expect(evening.getByText('An uploaded recording 30s')).toBeVisible()
  await expect(evening.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0)
  await evening.getByRole('button', { name: 'Hear it' }).click()
  await ewa.hears(700)
  await expect(desk.getByText('You hear what a caller hears')).toBeVisible()
  await evening.getByRole('button', { name: 'Stop' }).click()
  await ewa.hearsSilence()
  await expect(desk.getByText('You hear what a caller hears')).toBeHidden()

  const before = await caller()
  await expect.poll(async () => (await before.state()).hearing?.dbfs ?? -99).toBeGreaterThan(-45)
  expect(Math.abs(((await before.state()).hearing?.hz ?? 0) - 700)).toBeGreaterThan(25)
  await before.hangUp()

  await desk.getByRole('button', { name: 'Save' }).click()
  await expect(desk.getByText('Saved', { exact: true })).toBeVisible()
  await (await caller()).hears(700)
})
