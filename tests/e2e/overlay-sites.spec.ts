/** Only on sites that the agent allowed (OV1), for as long as they are allowed. */
import { expect, type Page, test } from '@playwright/test'
import { startDemoCrm } from '../demo-crm/server.ts'
import { withdrawSite } from '../kit/allow-site.ts'
import { noticed, ready } from './overlay-stage/snapshots.ts'
import { type OverlayStage, openStage, pilotsIn, servePages, type TestPage } from './overlay-stage/stage.ts'

let stage: OverlayStage
let page: Page
let site: TestPage
const html =
  '<!doctype html><html lang="en"><title>A CRM</title><main><h1>Anna Kowalska</h1><a href="tel:+48585550101">58 555 01 01</a><a href="mailto:anna@example.com">E-mail</a></main></html>'

test.beforeAll(async () => {
  stage = await openStage()
})
test.afterAll(() => stage.close())
test.beforeEach(async () => {
  await stage.show(ready)
  page = await stage.context.newPage()
  site = await servePages({ '/': html, '/framing': '<!doctype html><title>A CRM</title><iframe src="/"></iframe>' })
})
test.afterEach(async () => {
  await page.close()
  await site.close()
})

const hosts = () => page.locator('[role=complementary]')

test('a site that was not allowed is left alone: no element, no script of ours, also while it rings', async () => {
  const session = await stage.context.newCDPSession(page)
  const worlds: string[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(`${context.origin} ${context.name}`))
  await session.send('Runtime.enable')
  await page.goto(site.origin)
  await stage.show(noticed)
  const elements = await page.evaluate(() => document.querySelectorAll('*').length)
  // A site that is allowed shows it by then.
  const other = await servePages({ '/': html })
  await stage.allow(other.origin)
  const allowed = await stage.context.newPage()
  await allowed.goto(other.origin)
  await stage.pilot(allowed)

  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBe(elements)
  expect(await hosts().count()).toBe(0)
  expect(worlds.filter((world) => world.includes('chrome-extension://'))).toEqual([])
  await allowed.close()
  await other.close()
})

test('allowing a site reaches the tab that is open; withdrawing it in the browser takes everything out at once', async () => {
  await page.goto(site.origin)
  await stage.allow(site.origin)
  await expect(hosts()).toHaveCount(1)
  await stage.show(noticed)
  await stage.pilot(page)

  await withdrawSite(stage.context, stage.extensionId, site.origin)
  await expect(hosts()).toHaveCount(0)
  await expect.poll(() => pilotsIn(page)).toEqual([])
  await page.reload()
  expect(await hosts().count()).toBe(0)
})

test('removing a site gives the permission back', async () => {
  await page.goto(site.origin)
  await stage.allow(site.origin)
  await expect(hosts()).toHaveCount(1)
  await stage.remove(site.origin)
  await expect(hosts()).toHaveCount(0)
  // A second yes is needed for a second time, which shows that the first is gone.
  await stage.allow(site.origin)
  await expect(hosts()).toHaveCount(1)
})

test('only the top frame of a page gets a door', async () => {
  await stage.allow(site.origin)
  await page.goto(`${site.origin}/framing`)
  await expect(hosts()).toHaveCount(1)
  const [, inner] = page.frames()
  expect(await inner?.locator('[role=complementary]').count()).toBe(0)
})

/** Contacts that this site's page has shown to the desk. */
const seen = async (origin = site.origin) => (await stage.heard()).seen.filter(({ url }) => url?.startsWith(origin))
const anna = { name: 'Anna Kowalska', number: '+48585550101' }

test('what the page shows of the open record reaches the desk once somebody is there, and not before', async () => {
  await stage.allow(site.origin)
  await page.goto(site.origin)
  await expect(hosts()).toHaveCount(1)
  // Nothing shall happen, so there is nothing to wait for but time: a page that is read is read after 500 ms.
  await page.waitForTimeout(1000)
  expect(await seen()).toEqual([])
  await page.mouse.move(100, 100)
  await expect.poll(() => seen()).toEqual([{ ...anna, email: 'anna@example.com', url: `${site.origin}/` }])
})

test('a page that nobody touched is read when the desk asks, also in the background', async () => {
  await stage.allow(site.origin)
  await page.goto(site.origin)
  await expect(hosts()).toHaveCount(1)
  const front = await stage.context.newPage()
  await front.bringToFront()
  await stage.read()
  await expect.poll(() => seen()).toMatchObject([{ ...anna, url: `${site.origin}/` }])
  await front.close()
})

test('a tab that the page throws out comes back, three times', async () => {
  await stage.allow(site.origin)
  await page.goto(site.origin)
  await expect(hosts()).toHaveCount(1)
  const throwOut = () =>
    page.evaluate(() => {
      const host = document.querySelector('[role=complementary]')
      host?.remove()
      // Observers are told in the microtask after this.
      return new Promise((resolve) => setTimeout(() => resolve(document.querySelectorAll('[role=complementary]').length)))
    })
  for (let time = 1; time <= 3; time++) expect(await throwOut()).toBe(1)
  expect(await throwOut()).toBe(0)
})

test('a page that puts another root in the place of its own gets the tab again', async () => {
  await stage.allow(site.origin)
  await page.goto(site.origin)
  await expect(hosts()).toHaveCount(1)
  await page.evaluate(() => document.replaceChild(document.createElement('html'), document.documentElement))
  await expect(hosts()).toHaveCount(1)
})

test('the demo CRM: the open record, the list, and who has a number', async () => {
  const crm = await startDemoCrm()
  await stage.allow(crm.url)
  const anna = { name: 'Anna Kowalska', company: 'Bałtyk Logistyka', number: '+48585550101' }
  await page.goto(`${crm.url}/contacts`)
  await expect(page.getByRole('table')).toBeVisible()
  await page.mouse.move(100, 100)
  await expect.poll(async () => (await seen(crm.url)).length).toBeGreaterThan(20)
  expect(await seen(crm.url)).toContainEqual(
    expect.objectContaining({ name: anna.name, number: anna.number, url: `${crm.url}/contacts/101` }),
  )

  await page.getByRole('link', { name: anna.name }).click()
  await expect.poll(async () => (await seen(crm.url))[0]).toMatchObject({ ...anna, url: `${crm.url}/contacts/101` })

  expect(await stage.find('+48600555101')).toMatchObject({ ...anna, number: '+48600555101', url: `${crm.url}/contacts/101` })
  expect(await stage.find('+48999999999')).toBeNull()
  await crm.close()
})

test('several allowed tabs: the pilot is in each that is looked at', async () => {
  await stage.allow(site.origin)
  await page.goto(site.origin)
  const second = await stage.context.newPage()
  await second.goto(site.origin)
  await stage.show(noticed)
  await stage.pilot(second)
  await page.bringToFront()
  await stage.pilot(page)
  await stage.show(ready)
  await expect.poll(() => [...pilotsIn(page), ...pilotsIn(second)]).toEqual([])
  await second.close()
})

test('when the extension is switched off or updated, the orphaned door leaves; afterwards one new door comes', async () => {
  await stage.allow(site.origin)
  await page.goto(site.origin)
  await stage.show(noticed)
  await stage.pilot(page)
  await stage.enable(false)
  await expect(hosts()).toHaveCount(0)
  await stage.enable(true)
  await stage.show(ready)
  await expect(hosts()).toHaveCount(1)
})
