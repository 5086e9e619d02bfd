/** P8: an update of the extension waits for the end of the call, and the agent rings again after it without doing anything. */
import type { BrowserContext } from '@playwright/test'
import { expect, test } from '../kit/index.ts'
import { inWorker, workerOf } from '../kit/worker.ts'

test('an update that comes in a call waits until the call is put away; then the phone is back by itself', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  await inDeveloperMode(anna.browser.context)
  const before = await workerOf(anna.browser)
  // The browser's own word; there is no newer version to install, so the extension starts anew as it is.
  await inWorker(anna.browser, `chrome.runtime.onUpdateAvailable.dispatch({ version: '9.9' })`)

  const pilot = await anna.pilot()
  await pilot.getByRole('button', { name: 'Take notes' }).click()
  await pilot.getByRole('textbox', { name: 'Note' }).fill('In the middle of a call.')
  await expect(pilot.getByText('Saved', { exact: true })).toBeVisible()
  await phone.hears(880)
  await anna.hangUp()
  await phone.ended()
  expect((await workerOf(anna.browser)).targetId).toBe(before.targetId)
  // The tab of the script that is about to be an orphan's: it says “ready” until that notices.
  await anna.crm.evaluate(() => document.querySelector('[role=complementary]')?.setAttribute('data-old', ''))
  await pilot.getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(async () => (await workerOf(anna.browser)).targetId).not.toBe(before.targetId)
  // In the page that was open all the time; nobody touched anything.
  await expect(anna.crm.locator('[role=complementary][aria-label="Ringside: ready for calls"]:not([data-old])')).toBeVisible()

  const again = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  await again.hears(880)
})

/** Without it Chromium switches an unpacked extension off when that starts anew. */
async function inDeveloperMode(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(() => {
    const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome
    return developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
  })
  await page.close()
}

interface DeveloperPrivate {
  updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void>
}
