/** A whole call by ears and keys: the ring is announced, and nothing needs a mouse (WCAG 2.1.1, 4.1.3). */
import type { Frame, Page } from '@playwright/test'
import { type Agent, expect, test } from '../kit/index.ts'

test('the ring is announced with the caller’s name, and once; so is the end', async ({ agent, caller, channel }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller({ from: '+48585550101' })
  await anna.rings()
  const said = `Incoming call: Anna Kowalska, ${channel.name}.`
  await expect((await anna.pilot()).getByRole('alert')).toHaveText(said)
  await expect.poll(() => announced(anna)).toEqual([{ live: 'assertive', words: said }])

  await phone.hangUp()
  await expect((await anna.pilot()).getByRole('status')).toHaveText('The caller hung up.')
})

/** What a screen reader gets to know of live regions, from the browser's own accessibility tree of the pilot. */
async function announced(anna: Agent): Promise<{ live: unknown; words: string }[]> {
  const pilot = await anna.pilot()
  const session = await anna.browser.context.newCDPSession(pilot)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const wordsUnder = (nodeId: string): string[] => {
    const node = nodes.find((each) => each.nodeId === nodeId)
    if (!node) return []
    return node.role?.value === 'StaticText' ? [String(node.name?.value ?? '')] : (node.childIds ?? []).flatMap(wordsUnder)
  }
  return nodes.flatMap(({ nodeId, properties = [], role }) => {
    const live = properties.find(({ name }) => name === 'live')?.value.value
    return role?.value === 'alert' && live ? [{ live, words: wordsUnder(nodeId).join('') }] : []
  })
}

test('answer, mute, write a note and hang up without a mouse', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  const keys = anna.crm.keyboard
  const pilot = await anna.pilot()

  await comeTo(anna.crm, pilot, 'Answer', 'Shift+Tab')
  await expect(async () => {
    await keys.press('Enter')
    await expect(pilot.getByRole('button', { name: 'Hang up' })).toBeVisible({ timeout: 700 })
  }).toPass()
  await anna.hears(440)
  await phone.hears(880)
  // The button is gone; the focus is not.
  const card = pilot.getByRole('region', { name: /^Call with/ })
  await expect(card).toBeFocused()
  await expect(anna.crm.getByRole('complementary', { name: 'Ringside: in a call' })).toHaveCount(2)

  await comeTo(anna.crm, pilot, 'Mute')
  await keys.press('Space')
  await phone.hearsSilence()
  await comeTo(anna.crm, pilot, 'Unmute')
  await keys.press('Space')
  await phone.hears(880)

  await comeTo(anna.crm, pilot, 'Take notes')
  await keys.press('Enter')
  await comeTo(anna.crm, pilot, 'Note')
  await keys.type('By keyboard alone.')
  await expect(pilot.getByText('Saved', { exact: true })).toBeVisible()
  expect(
    await anna.crm.getByRole('textbox').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value).join('')),
  ).toBe('')

  await comeTo(anna.crm, pilot, 'Hang up', 'Shift+Tab')
  await keys.press('Enter')
  await phone.ended()
  await anna.hearsSilence()
  await expect(card).toBeFocused()
  await comeTo(anna.crm, pilot, 'Dismiss')
  await keys.press('Enter')
  await expect.poll(() => pilot.isDetached()).toBe(true)
})

/** Presses Tab until the focus is on the control of this name. */
async function comeTo(page: Page, pilot: Frame, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const control = pilot.getByRole(name === 'Note' ? 'textbox' : 'button', { name, exact: true })
  await control.waitFor()
  for (let presses = 0; presses < 20; presses++) {
    if (await control.evaluate((element) => document.hasFocus() && document.activeElement === element)) return
    await page.keyboard.press(key)
  }
  throw new Error(`The keyboard does not come to ${name}`)
}
