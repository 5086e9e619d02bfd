/** The extension's service worker, by DevTools: Playwright's own worker objects do not notice that one was stopped and came back. */
import type { Target } from './cdp.ts'
import type { Chromium } from './chromium.ts'
import { extensionId } from './extension-id.ts'
import { until } from './process.ts'

export const workerOf = ({ devtools }: Pick<Chromium, 'devtools'>): Promise<Target> =>
  until(async () => (await devtools.targets()).find(({ type, url }) => type === 'service_worker' && url.includes(`://${extensionId}/`)))

/** Evaluates in the worker, and gives the JSON value. */
export const inWorker = async (browser: Pick<Chromium, 'devtools'>, expression: string): Promise<unknown> =>
  browser.devtools.evaluate((await workerOf(browser)).targetId, expression)
