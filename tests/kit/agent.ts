/** An agent at a CRM, in real Chromium with the real extension: signs in, allows the site, toggles, answers, hears. By the words on screen, as a person would. */
import { expect, type Frame, type Page } from '@playwright/test'
import { allowSite } from './allow-site.ts'
import { type Chromium, type ChromiumOptions, extensionId, launchChromium } from './chromium.ts'
import { type Hearing, hearSilence, hearTone } from './heard.ts'
import { until } from './process.ts'
import { workerOf } from './worker.ts'
import type { World } from './world.ts'

export interface Agent {
  readonly name: string
  readonly browser: Chromium
  /** The CRM tab. */
  readonly crm: Page
  /** The pilot's frame in the CRM tab (or another page of the CRM), once it is there. It is in a closed shadow root, where no locator of the page leads. */
  pilot(page?: Page, timeoutMs?: number): Promise<Frame>
  /** The toolbar popup, opened as a page of its own: Playwright cannot open the real one. */
  popup(): Promise<Page>
  desk(hash?: string): Promise<Page>
  /** The toggle, through the popup; waits until the status is what it shall be. */
  beAvailable(): Promise<void>
  beAway(): Promise<void>
  /** Waits for the ring in the pilot. */
  rings(timeoutMs?: number): Promise<void>
  /** Waits until nothing rings in the CRM tab. */
  isSilent(): Promise<void>
  answer(page?: Page): Promise<void>
  decline(): Promise<void>
  hangUp(): Promise<void>
  hears(hz: number, timeoutMs?: number): Promise<Hearing>
  hearsSilence(timeoutMs?: number): Promise<void>
  /** What the voice page hears at this moment; undefined where there is none. */
  ear(): Promise<Hearing | undefined>
  /** Stops the extension's service worker, as Chrome does after 30 idle seconds. */
  killWorker(): Promise<void>
  close(): Promise<void>
}

export interface AgentOptions extends ChromiumOptions {
  name: string
  /** A sign-in link that was not used yet. */
  link: string
  /** Leave out to stop after sign-in: no microphone check, no allowed site. */
  until?: 'signed-in' | 'set-up'
  /** Called before the browser is closed because the set-up failed: takes the pictures. */
  onFailure?: (browser: Chromium) => Promise<void>
}

export async function openAgent(world: World, options: AgentOptions): Promise<Agent> {
  const browser = await launchChromium({ microphoneHz: 880, spki: world.spki, ...options })
  try {
    return await setUp(world, options, browser)
  } catch (cause) {
    await options.onFailure?.(browser)
    await browser.close()
    throw cause
  }
}

async function setUp(world: World, options: AgentOptions, browser: Chromium): Promise<Agent> {
  const { context, devtools } = browser
  const page = (path: string) => `chrome-extension://${extensionId}/${path}`
  const openPage = async (path: string) => {
    const opened = await context.newPage()
    await opened.goto(page(path))
    return opened
  }

  const desk = await openPage('desk.html')
  await desk.getByLabel('Sign-in link').fill(options.link)
  await desk.getByRole('button', { name: 'Sign in' }).click()
  await expect(desk.getByRole('switch')).toBeVisible({ timeout: 20_000 })

  const crm = context.pages()[0] ?? (await context.newPage())
  if (options.until !== 'signed-in') {
    if ((options.microphone ?? 'granted') === 'granted') {
      await desk.goto(page('desk.html#/microphone'))
      await desk.getByRole('button', { name: /allow the microphone|start the check/i }).click()
      await expect(desk.getByRole('meter')).toBeVisible()
    }
    await allowSite(context, extensionId, new URL(world.crmUrl).origin)
    await crm.goto(world.crmUrl)
  }
  await desk.close()
  await crm.bringToFront()

  const voicePage = async () => (await devtools.targets()).find(({ url }) => url.startsWith(page('voice')))
  const ear = async () => {
    const target = await voicePage()
    return target && ((await devtools.evaluate(target.targetId, 'globalThis.ringsideHeard?.()')) as Hearing | undefined)
  }
  const toggle = async (wanted: boolean, status: string) => {
    const popup = await agent.popup()
    const control = popup.getByRole('switch', { name: /available/i })
    if ((await control.getAttribute('aria-checked')) !== String(wanted)) await control.click()
    await expect(popup.getByText(status, { exact: true }).first()).toBeVisible()
    await popup.close()
    await crm.bringToFront()
  }

  const pilotFrame = (where: Page) => where.frames().find((frame) => /\/pilot\.html(\?|$)/.test(frame.url()))
  const answerShown = async (where: Page) =>
    (await pilotFrame(where)
      ?.getByRole('button', { name: /^answer/i })
      .isVisible()
      .catch(() => false)) ?? false

  /** Presses until it counts: a dangerous button that has been on screen for less than half a second does not, and says so. */
  const press = async (frame: Frame, name: RegExp) => {
    const button = frame.getByRole('button', { name })
    await button.waitFor()
    await until(async () => {
      await button.click({ timeout: 1000 }).catch(() => undefined)
      // Only what is seen to be so ends it: a busy machine that does not say is asked again.
      const spent = (found: (HTMLElement | SVGElement)[]) =>
        found.every((each) => (each as HTMLButtonElement).disabled || !each.checkVisibility())
      return frame.isDetached() || (await button.evaluateAll(spent).catch(() => false))
    })
  }

  const agent: Agent = {
    name: options.name,
    browser,
    crm,
    pilot: (where = crm, timeoutMs = 10_000) => until(() => pilotFrame(where), timeoutMs),
    popup: () => openPage('popup.html'),
    desk: (hash = '') => openPage(`desk.html${hash}`),
    beAvailable: () => toggle(true, 'Ready for calls'),
    beAway: () => toggle(false, 'Away'),
    async rings(timeoutMs = 10_000) {
      await until(() => answerShown(crm), timeoutMs)
    },
    async isSilent() {
      await until(async () => !(await answerShown(crm)))
    },
    async answer(page = crm) {
      await press(await agent.pilot(page), /^answer/i)
    },
    async decline() {
      await press(await agent.pilot(), /^decline/i)
    },
    async hangUp() {
      await press(await agent.pilot(), /^hang up/i)
    },
    hears: (hz, timeoutMs) => hearTone(ear, hz, timeoutMs),
    hearsSilence: (timeoutMs) => hearSilence(ear, timeoutMs),
    ear,
    async killWorker() {
      const { targetId } = await workerOf(browser)
      await devtools.send('Target.closeTarget', { targetId })
    },
    close: () => browser.close(),
  }
  return agent
}
