/** The phone booth in a real Chromium: dialled by keyboard, with a microphone, measured at the exchange. */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { hear } from '../../switchboard/media/measure.ts'
import { type FakeCall, hasChromium, MICROPHONE_HZ, openChromium, openStage, type Stage } from './switchboard-lines-kit.ts'

const SOON = { timeout: 8000, interval: 40 }

describe.skipIf(!hasChromium)('the phone booth', { timeout: 30_000 }, () => {
  let stage: Stage
  let browser: Browser

  beforeAll(async () => {
    stage = await openStage()
    browser = await openChromium(stage)
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  const openBooth = async (query = '', options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en-GB', permissions: ['microphone'], ...options })
    // Axe needs a page made by a context of its own.
    const page = await context.newPage()
    await page.goto(`${stage.url}/booth${query}`)
    return page
  }
  const words = (page: Page) => page.locator('#status').textContent()
  const says = (page: Page, text: string) => vi.waitFor(async () => expect(await words(page)).toContain(text), SOON)
  const callAfter = async (act: () => Promise<unknown>): Promise<FakeCall> => {
    const before = stage.calls.length
    await act()
    await vi.waitFor(() => expect(stage.calls.length).toBe(before + 1), SOON)
    return stage.calls[before] as FakeCall
  }
  const level = (page: Page, meter: string) => page.locator(meter).evaluate((element) => (element as HTMLMeterElement).value)

  test('a call from the address, by keyboard: rings, talks both ways, presses keys, and says why it ended', async () => {
    const page = await openBooth('?to=+48%2022%20123-45-67&from=%2B48600100200')
    const call = await callAfter(() => page.keyboard.press('Enter'))
    expect(call.facts).toEqual({ from: '+48600100200', to: '+48221234567' })
    call.line.ringing()
    await says(page, 'it rings at the other end')
    call.line.answered(call.callSid)
    await says(page, 'Connected')
    await vi.waitFor(() => expect(hear(call.heard.cut(-300)).hz).toBeCloseTo(MICROPHONE_HZ, -1), SOON)
    await vi.waitFor(async () => expect(await level(page, '#them')).toBeGreaterThan(0.5), SOON)
    expect(await level(page, '#you')).toBeGreaterThan(0.1)
    await page.keyboard.type('4#')
    await page.getByRole('button', { name: '7' }).click()
    await vi.waitFor(() => expect(call.digits).toBe('4#7'), SOON)
    await vi.waitFor(async () => expect(await page.locator('#time').textContent()).toBe('0:02'), SOON)
    call.line.ended({ status: 'completed' })
    await says(page, 'The other side hung up. 0:0')
    expect(await level(page, '#them')).toBe(0)

    const again = await callAfter(() => page.getByRole('button', { name: 'Call', exact: true }).click())
    again.line.answered(again.callSid)
    await says(page, 'Connected')
    await page.keyboard.press('Escape')
    await vi.waitFor(() => expect(again.hungUp).toBe(true), SOON)
    await says(page, 'You hung up.')
  })

  test('a number that nobody has, a busy line, and a page that is closed', async () => {
    const page = await openBooth('?to=%2B48221234567')
    const unknown = await callAfter(() => page.keyboard.press('Enter'))
    expect(unknown.facts.from).toBe('anonymous')
    unknown.line.ended({ status: 'failed', code: 21212, message: 'Invalid' })
    await says(page, 'Nobody has this number.')
    const busy = await callAfter(() => page.keyboard.press('Enter'))
    busy.line.ended({ status: 'busy' })
    await says(page, 'The line is busy.')
    const left = await callAfter(() => page.keyboard.press('Enter'))
    await page.close()
    await vi.waitFor(() => expect(left.hungUp).toBe(true), SOON)
  })

  test('a number without its country is not dialled, and the page says what is missing', async () => {
    const page = await openBooth('?to=221234567')
    await page.keyboard.press('Enter')
    await says(page, 'country code')
    expect(await page.locator('#to').getAttribute('aria-invalid')).toBe('true')
  })

  test('a refused microphone is explained, in Polish for who reads Polish', async () => {
    const page = await openBooth('?to=%2B48221234567', { locale: 'pl-PL' })
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
    const before = stage.calls.length
    await page.keyboard.press('Enter')
    await says(page, 'Odmówiono dostępu do mikrofonu.')
    expect(stage.calls.length).toBe(before)
    expect(await page.getByRole('button', { name: 'Zadzwoń' }).isEnabled()).toBe(true)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (colorScheme) => {
    const page = await openBooth('?to=%2B48221234567', { colorScheme })
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
    const call = await callAfter(() => page.keyboard.press('Enter'))
    call.line.answered(call.callSid)
    await says(page, 'Connected')
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/booth-${colorScheme}.png` })
  })
})
