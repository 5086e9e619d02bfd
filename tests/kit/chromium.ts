/** Real Chromium with the built extension, as an agent has it: own profile, own microphone (a steady tone). */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { type DevTools, openDevTools } from './cdp.ts'
import { extensionId } from './extension-id.ts'
import { until } from './process.ts'
import { writeTone } from './tone.ts'

/** EXTENSION names another build. */
export const extensionFolder = resolve(process.env.EXTENSION ?? join(import.meta.dirname, '../../.output/chrome-mv3'))

export { extensionId }

export const chromiumPath = () =>
  [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path))

export interface Chromium {
  readonly context: BrowserContext
  readonly devtools: DevTools
  readonly profile: string
  close(): Promise<void>
}

export interface ChromiumOptions {
  /** What the microphone picks up, in Hz; 0 is silence. */
  microphoneHz?: number
  /** `refused`: the prompt is answered with no. `missing`: there is no microphone. */
  microphone?: 'granted' | 'refused' | 'missing'
  /** Key of the signalling certificate that shall be trusted. */
  spki?: string
  locale?: 'en' | 'pl'
  colorScheme?: 'light' | 'dark'
  extension?: boolean
  /** A profile to use again; it is not thrown away. */
  profile?: string
}

export async function launchChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'ringside-profile-')))
  const tone = join(profile, 'microphone.wav')
  await writeTone(tone, options.microphoneHz ?? 0)
  const microphone = options.microphone ?? 'granted'
  const locale = options.locale ?? 'en'

  const context = await chromium.launchPersistentContext(profile, {
    ...(chromiumPath() ? { executablePath: chromiumPath() as string } : {}),
    headless: false,
    viewport: { width: 1280, height: 800 },
    locale: locale === 'pl' ? 'pl-PL' : 'en-US',
    colorScheme: options.colorScheme ?? 'light',
    env: { ...process.env, LANGUAGE: locale, LANG: locale === 'pl' ? 'pl_PL.UTF-8' : 'en_US.UTF-8' } as Record<string, string>,
    // Playwright's default --disable-features and Debian's cookie default deny storage to an extension's iframe in a page.
    ignoreDefaultArgs: ['--disable-extensions', '--disable-component-extensions-with-background-pages'],
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--remote-debugging-port=0',
      `--lang=${locale}`,
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      ...(microphone === 'granted' ? ['--use-fake-ui-for-media-stream'] : microphone === 'refused' ? ['--deny-permission-prompts'] : []),
      ...(microphone === 'missing' ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${tone}`]),
      ...(options.spki ? [`--ignore-certificate-errors-spki-list=${options.spki}`] : []),
      ...(options.extension === false ? [] : [`--disable-extensions-except=${extensionFolder}`, `--load-extension=${extensionFolder}`]),
    ],
  })
  const devtools = await openDevTools(profile)
  // Its pages are refused until the browser has loaded it.
  if (options.extension !== false) await until(async () => (await devtools.targets()).some(({ url }) => url.includes(`://${extensionId}/`)))
  return {
    context,
    devtools,
    profile,
    async close() {
      devtools.close()
      await context.close()
      if (!options.profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
