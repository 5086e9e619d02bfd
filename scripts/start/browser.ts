import { existsSync } from 'node:fs'
import path from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { allowSite } from '../../tests/kit/allow-site.ts'
import { extensionId } from '../../tests/kit/extension-id.ts'
import { extensionFolder } from './extension.ts'
import { dataFolder } from './settings.ts'

export interface DemoBrowser {
  headed: boolean
  /** Resolves when it was closed, by us or by hand. */
  closed: Promise<void>
  close(): Promise<void>
}

export interface BrowserPlan {
  crmUrl: string
  /** Of the agent who shall be signed in. */
  link: string
  /** Key of the switchboard's certificate. */
  spki: string
  headed: boolean
}

/** Opens Chromium with the extension, the agent signed in, the demo CRM allowed and open. The profile is kept, so a second start finds it so. */
export async function openBrowser(plan: BrowserPlan): Promise<DemoBrowser> {
  const context = await launch(plan)
  try {
    await signIn(context, plan.link)
    await allowSite(context, extensionId, new URL(plan.crmUrl).origin)
    const crm = context.pages()[0] ?? (await context.newPage())
    await crm.goto(plan.crmUrl)
    await crm.bringToFront()
  } catch (error) {
    await context.close()
    throw error
  }
  return { headed: plan.headed, closed: new Promise((resolve) => context.once('close', () => resolve())), close: () => context.close() }
}

function launch({ headed, spki }: BrowserPlan): Promise<BrowserContext> {
  const isRoot = process.getuid?.() === 0
  return chromium.launchPersistentContext(path.join(dataFolder, 'chromium'), {
    executablePath: process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium'].find(existsSync),
    headless: false,
    viewport: headed ? null : { width: 1360, height: 840 },
    ignoreDefaultArgs: ['--disable-extensions', '--disable-component-extensions-with-background-pages', '--enable-automation'],
    // We end it ourselves, last.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(headed ? ['--start-maximized'] : ['--headless=new', '--disable-gpu', '--use-fake-device-for-media-stream']),
      ...(isRoot ? ['--no-sandbox'] : []),
      `--disable-extensions-except=${extensionFolder}`,
      `--load-extension=${extensionFolder}`,
      `--ignore-certificate-errors-spki-list=${spki}`,
      // The microphone is given when the page asks: this browser is for the demo alone.
      '--use-fake-ui-for-media-stream',
      // A machine without a network has only its loopback interface, which Chromium leaves out otherwise.
      '--allow-loopback-in-peer-connection',
      // Keeps Chromium from warning about the flags above.
      '--test-type',
      '--no-first-run',
      '--disable-sync',
      '--hide-crash-restore-bubble',
    ],
  })
}

/** Signs in on the desk page and lets it hear the microphone, unless the profile has done so before. */
async function signIn(context: BrowserContext, link: string): Promise<void> {
  const desk = await context.newPage()
  await desk.goto(`chrome-extension://${extensionId}/desk.html`)
  const field = desk.getByLabel('Sign-in link')
  const signedIn = desk.getByRole('switch', { name: /available/i })
  await field.or(signedIn).first().waitFor()
  if (await field.isVisible()) {
    await field.fill(link)
    await desk.getByRole('button', { name: 'Sign in' }).click()
    await signedIn.waitFor()
  }
  await desk.goto(`chrome-extension://${extensionId}/desk.html#/microphone`)
  await desk.getByRole('button', { name: /allow the microphone|start the check/i }).click()
  // A machine without a microphone shows why; the agent can still look around.
  await desk
    .getByRole('meter')
    .waitFor({ timeout: 5000 })
    .catch(() => {})
  await desk.close()
}
