/** The spine: a call comes in, is answered over the CRM page, both hear each other, notes are kept, and a thread is left. */
import { extensionId } from '../kit/extension-id.ts'
import { expect, test } from '../kit/index.ts'
import { until } from '../kit/process.ts'

test('a caller and an agent hear each other, and a thread is left with the notes and the ledger', async ({ agent, caller, channel }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller({ toneHz: 440 })

  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  await phone.hears(880)

  const pilot = await anna.pilot()
  await expect(pilot.getByRole('timer')).toBeVisible()
  await pilot.getByRole('button', { name: 'Take notes' }).click()
  const note = pilot.getByRole('textbox', { name: 'Note' })
  await note.fill('Wants the invoice of May again.')
  await expect(pilot.getByText('Saved', { exact: true })).toBeVisible()

  await anna.hangUp()
  await phone.ended()
  await anna.hearsSilence()

  const desk = await anna.desk('#/threads')
  await desk
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(desk.getByRole('list', { name: 'Entries' }).getByText('Wants the invoice of May again.')).toBeVisible()
  await expect(desk.getByLabel('Owner')).toHaveText(new RegExp(anna.name))
  await desk.getByText('Who rang').click()
  const lines = desk.getByRole('row')
  await expect(lines.filter({ hasText: channel.agents[0]?.name ?? '' })).toContainText('Answered')
  await expect(lines.filter({ hasText: channel.agents[1]?.name ?? '' })).toContainText('was away')
})

test('mute silences the agent for the caller, and only that way', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await phone.hears(880)

  await (await anna.pilot()).getByRole('button', { name: 'Mute' }).click()
  await phone.hearsSilence()
  await anna.hears(440)
  await (await anna.pilot()).getByRole('button', { name: 'Unmute' }).click()
  await phone.hears(880)
})

test('the caller hangs up: the agent is told, and the sound ends', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  await phone.hangUp()
  await expect((await anna.pilot()).getByText(/Call ended/)).toBeVisible()
  await anna.hearsSilence()
})

test('no button moves between the press on Answer and the sound', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  await caller()
  await anna.rings()
  const pilot = await anna.pilot()
  await pilot.evaluate(() => {
    const places = new Map<string, number>()
    Object.assign(globalThis, { places })
    new MutationObserver(() => {
      const phase = document.querySelector<HTMLElement>('.call')?.dataset.phase
      const hangUp = document.querySelector('.call-end')
      if (phase && hangUp) places.set(phase, hangUp.getBoundingClientRect().top)
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await anna.answer()
  await anna.hears(440)
  const places = () => pilot.evaluate(() => [...(globalThis as unknown as { places: Map<string, number> }).places])
  await expect.poll(async () => (await places()).map(([phase]) => phase)).toContain('live')
  expect(new Set((await places()).map(([, top]) => top)).size).toBe(1)
})

test('a finger on Answer opens the microphone; drawn away, it is closed, and nothing was answered', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  await caller()
  await anna.rings()
  const { devtools } = anna.browser
  const page = await until(async () =>
    (await devtools.targets()).find(({ url }) => url.startsWith(`chrome-extension://${extensionId}/voice`)),
  )
  const inPage = (expression: string) => devtools.evaluate(page.targetId, expression)
  await inPage(`{
    globalThis.opened = []
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (asked) => {
      const stream = await open(asked)
      opened.push(...stream.getTracks())
      return stream
    }
  }`)
  const microphones = () => inPage('opened.map(({ readyState }) => readyState)')

  const button = (await anna.pilot()).getByRole('button', { name: /^answer/i })
  const middle = async () => {
    const box = await button.boundingBox()
    if (!box) throw new Error('The Answer button has no place on screen.')
    return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
  }
  // A press counts once the pilot was seen for half a second.
  await expect(async () => {
    await anna.crm.mouse.move(10, 10)
    await anna.crm.mouse.up()
    const { x, y } = await middle()
    await anna.crm.mouse.move(x, y)
    await anna.crm.mouse.down()
    // Nothing moves under the finger, also where it came too early.
    expect(await middle()).toEqual({ x, y })
    await expect.poll(microphones, { timeout: 300 }).toEqual(['live'])
  }).toPass()
  await anna.crm.mouse.move(10, 10)
  await anna.crm.mouse.up()
  await expect.poll(microphones).toEqual(['ended'])
  await expect(button).toBeVisible()

  await anna.answer()
  await anna.hears(440)
})
