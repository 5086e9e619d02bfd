/**
 * Allows a site as an agent does, without the browser's prompt, which no automation can press and headless Chromium never answers.
 *
 * chrome://extensions may record a site as granted at run time (`developerPrivate.addHostPermission`: the "Site access" list of the details
 * page). That alone gives the extension nothing, but `permissions.request` of a recorded site is answered yes without a prompt, as after
 * an earlier yes of the person. So everything else is the real path: the view's request with its gesture, `permissions.onAdded`, the desk's command.
 * Seeding `granted_permissions` in the profile does not work: Chromium asks all the same.
 */
import type { BrowserContext } from '@playwright/test'

interface Extensions {
  developerPrivate: {
    addHostPermission(extensionId: string, pattern: string): Promise<void>
    removeHostPermission(extensionId: string, pattern: string): Promise<void>
  }
  permissions: { request(wanted: { origins: string[] }): Promise<boolean> }
  runtime: {
    connect(info: { name: string }): {
      postMessage(message: object): void
      onMessage: { addListener(hear: (message: { id?: string; type: string; failure?: { code: string } }) => void): void }
    }
  }
}

/** From here on no prompt comes for this site; nothing is allowed yet. For tests that press "Allow" in a view themselves. */
export async function answerPromptInAdvance(context: BrowserContext, extensionId: string, origin: string): Promise<void> {
  const page = await context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(
    ([id, pattern]) => (globalThis as unknown as { chrome: Extensions }).chrome.developerPrivate.addHostPermission(id, pattern),
    [extensionId, `${origin}/*`] as const,
  )
  await page.close()
}

/** Allows the site and resolves once the desk has registered the overlay there and put it into the tabs that are open. `origin` has no slash at its end. */
export async function allowSite(context: BrowserContext, extensionId: string, origin: string): Promise<void> {
  await answerPromptInAdvance(context, extensionId, origin)
  const page = await context.newPage()
  await page.goto(`chrome-extension://${extensionId}/desk.html`)
  await page.evaluate(async (origin) => {
    const { permissions, runtime } = (globalThis as unknown as { chrome: Extensions }).chrome
    // Playwright evaluates with a user gesture, as a press would.
    if (!(await permissions.request({ origins: [`${origin}/*`] }))) throw new Error(`${origin} was not allowed`)
    const port = runtime.connect({ name: 'view:desk' })
    await new Promise<void>((resolve, reject) => {
      port.onMessage.addListener((message) => {
        if (message.id !== 'allow') return
        if (message.type === 'done') resolve()
        else reject(new Error(`The desk refused ${origin}: ${message.failure?.code}`))
      })
      port.postMessage({ id: 'allow', command: { type: 'site-allowed', origin } })
    })
  }, origin)
  await page.close()
}

/** Takes the permission away as the browser's own site settings do: the extension learns of it by `permissions.onRemoved`. */
export async function withdrawSite(context: BrowserContext, extensionId: string, origin: string): Promise<void> {
  const page = await context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(
    ([id, pattern]) => (globalThis as unknown as { chrome: Extensions }).chrome.developerPrivate.removeHostPermission(id, pattern),
    [extensionId, `${origin}/*`] as const,
  )
  await page.close()
}
