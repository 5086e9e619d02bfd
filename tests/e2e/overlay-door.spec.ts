/** The door in an allowed page: the tab, the iframe, and how they live. The rest of the extension is a stage's (overlay-stage/). */
import { expect, type Page, test } from '@playwright/test'
import { type DemoCrm, startDemoCrm } from '../demo-crm/server.ts'
import { noticed, panelled, ready, signedOut } from './overlay-stage/snapshots.ts'
import { type OverlayStage, openStage, pilotsIn } from './overlay-stage/stage.ts'

let stage: OverlayStage
let crm: DemoCrm
let page: Page

test.beforeAll(async () => {
  stage = await openStage()
  crm = await startDemoCrm()
  await stage.allow(crm.url)
})
test.afterAll(async () => {
  await stage.close()
  await crm.close()
})
test.beforeEach(async () => {
  await stage.show(ready)
  page = await stage.context.newPage()
})
test.afterEach(() => page.close())

const tab = () => page.getByRole('complementary', { name: 'Ringside' })
const box = async () => {
  const found = await tab().boundingBox()
  if (!found) throw new Error('the tab is not drawn')
  return found
}
/** Of the pilot's or panel's host: the landmark that has the iframe. */
const frameBox = async () => (await (await stage.pilot(page)).frameElement()).boundingBox()

test('with no call there is a small tab at the edge, which opens Ringside by a press', async () => {
  await page.goto(`${crm.url}/contacts`)
  await expect(tab()).toBeVisible()
  const { x, width, height } = await box()
  expect(x + width).toBe(1200)
  expect(width * height).toBeLessThan(2000)
  expect(pilotsIn(page)).toEqual([])

  const before = (await stage.heard()).pressed
  await page.mouse.click(x + width / 2, (await box()).y + height / 2)
  await expect.poll(async () => (await stage.heard()).pressed).toBe(before + 1)
})

test('the tab moves by drag and by arrow keys, remembers its place over a reload, and a drag is no press', async () => {
  await page.goto(`${crm.url}/contacts`)
  await expect(tab()).toBeVisible()
  const start = await box()
  const before = (await stage.heard()).pressed
  await page.mouse.move(start.x + 10, start.y + 20)
  await page.mouse.down()
  for (let step = 1; step <= 10; step++) await page.mouse.move(start.x + 10, start.y + 20 + step * 15)
  await page.mouse.up()
  const dragged = await box()
  expect(dragged.y - start.y).toBeGreaterThan(120)
  await page.mouse.move(100, 100)
  await page.reload()
  await expect.poll(async () => (await box()).y).toBeCloseTo(dragged.y, 0)

  expect((await stage.heard()).pressed).toBe(before)

  // The tab is the last thing in the page, so Shift+Tab from the browser's frame comes to it.
  await page.keyboard.press('Shift+Tab')
  const y = (await box()).y
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => (await box()).y).toBeCloseTo(y - 48, 0)
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await stage.heard()).pressed).toBe(before + 1)
})

test('the pilot rises over the page, is as tall as it needs, can be dragged, and stays where it was put', async () => {
  await page.goto(`${crm.url}/contacts`)
  await expect(tab()).toBeVisible()
  await stage.show(noticed)
  const pilot = await stage.pilot(page)
  await expect(pilot.getByRole('heading')).toHaveText('Secret Caller')
  await expect.poll(async () => (await frameBox())?.height).toBe(180)
  const from = await frameBox()
  if (!from) throw new Error('no box')
  expect(from.width).toBe(340)

  await page.mouse.move(from.x + 60, from.y + 40)
  await page.mouse.down()
  // Small steps, as a real mouse makes them: a synthetic one that leaves the iframe loses its capture.
  for (let step = 1; step <= 20; step++) {
    await page.mouse.move(from.x + 60 - step * 10, from.y + 40 - step * 10)
    await expect.poll(async () => (await frameBox())?.x).toBeLessThan(from.x - step * 10 + 12)
  }
  await page.mouse.up()
  const dragged = await frameBox()
  await page.reload()
  await stage.pilot(page)
  await expect.poll(async () => Math.round((await frameBox())?.x ?? 0)).toBe(Math.round(dragged?.x ?? -1))
})

test('the notes panel docks at the side over the full height; the page does not shift for any of it', async () => {
  await page.addInitScript(watchShifts)
  await page.goto(`${crm.url}/contacts`)
  await expect(tab()).toBeVisible()
  const layout = () => page.locator('main').boundingBox()
  await expect(page.getByRole('table')).toBeVisible()
  const before = await layout()
  await page.evaluate(() => Object.assign(globalThis, { shifted: 0 }))
  await stage.show(noticed)
  await stage.pilot(page)
  await stage.show(panelled)
  await expect.poll(frameBox).toEqual({ x: 800, y: 0, width: 400, height: 800 })
  expect(await layout()).toEqual(before)
  await stage.show(ready)
  await expect.poll(() => pilotsIn(page).length).toBe(0)
  expect(await page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted)).toBe(0)
})

test('single-page navigation keeps the very same iframe; a reload and a stopped worker bring it back', async () => {
  await page.goto(`${crm.url}/contacts`)
  await stage.show(noticed)
  const pilot = await stage.pilot(page)
  await pilot.getByLabel('Notes').fill('half a word')
  await page.getByRole('link', { name: 'Companies' }).click()
  await expect(page.getByRole('heading', { name: 'Companies', level: 1 })).toBeVisible()
  await expect(pilot.getByLabel('Notes')).toHaveValue('half a word')

  await stage.stopWorker()
  await expect.poll(async () => (await stage.heard()).refused).toBe(0)
  await expect(pilot.getByLabel('Notes')).toHaveValue('half a word')
  await stage.show(panelled)
  await expect.poll(async () => (await frameBox())?.width).toBe(400)
  expect(pilotsIn(page).length).toBe(1)

  await page.reload()
  await expect.poll(() => pilotsIn(page).length).toBe(1)
  await expect((await stage.pilot(page)).getByLabel('Notes')).toHaveValue('')
})

test('signed out, the door lets the worker sleep, and comes back when it is woken', async () => {
  await page.goto(`${crm.url}/contacts`)
  await expect(tab()).toBeVisible()
  await stage.show(signedOut)
  await expect.poll(() => tab().getAttribute('aria-label')).toBe('Ringside: offline')
  await stage.stopWorker()
  // Nothing shall happen, so there is nothing to wait for but time: the door would be back after 50 ms, and again after 100, 200 …
  await page.waitForTimeout(700)
  expect(await stage.runs()).toBe(false)
  // Whatever wakes the worker, it wakes the doors.
  const popup = await stage.context.newPage()
  await popup.goto(`chrome-extension://${stage.extensionId}/pilot.html`)
  await stage.show(ready)
  await expect.poll(() => tab().getAttribute('aria-label')).toBe('Ringside: ready for calls')
  await popup.close()
})

test('in a page that is read from right to left the tab and the panel stand at the left', async () => {
  await page.goto(`${crm.url}/contacts`)
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  await stage.show(panelled)
  await expect.poll(async () => (await frameBox())?.x).toBe(0)
})

test('a page that zooms itself by CSS does not blow the pilot up', async () => {
  await page.goto(`${crm.url}/contacts`)
  await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'))
  await stage.show(noticed)
  await stage.pilot(page)
  await expect.poll(async () => Math.round((await frameBox())?.width ?? 0)).toBe(340)
})

test('nothing of ours is printed', async () => {
  await page.goto(`${crm.url}/contacts`)
  await stage.show(noticed)
  await stage.pilot(page)
  await page.emulateMedia({ media: 'print' })
  for (const host of await page.getByRole('complementary', { includeHidden: true }).all()) await expect(host).toBeHidden()
})

function watchShifts(): void {
  const seen = globalThis as unknown as { shifted: number }
  seen.shifted = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shifted += (entry as PerformanceEntry & { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}
