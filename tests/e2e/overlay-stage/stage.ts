/** The built extension with the stage's background and iframe in place of its own, in real Chromium, over whatever page a test serves. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium, type Frame, type Page } from '@playwright/test'
import { build } from 'vite'
import type { Snapshot } from '../../../utils/messages.ts'
import { allowSite } from '../../kit/allow-site.ts'
import { openDevTools } from '../../kit/cdp.ts'
import { chromiumPath, extensionFolder } from '../../kit/chromium.ts'
import { until } from '../../kit/process.ts'
import type { Stage } from './desk.ts'

export interface OverlayStage {
  context: BrowserContext
  extensionId: string
  /** To start the same browser again, without Playwright. */
  profile: string
  args: string[]
  allow(origin: string): Promise<void>
  show(snapshot: Snapshot): Promise<void>
  heard(): Promise<Stage['heard']>
  read(): Promise<void>
  find(number: string): ReturnType<Stage['find']>
  remove(origin: string): Promise<void>
  /** The pilot's frame in a page, once it is there. A closed shadow root hides it from locators; its address does not. */
  pilot(page: Page): Promise<Frame>
  /** Stops the worker as Chrome does after 30 idle seconds. */
  stopWorker(): Promise<void>
  /** Whether the worker runs at this moment. */
  runs(): Promise<boolean>
  /** Switches the extension off or on: its scripts in pages become orphans, as after an update. */
  enable(enabled: boolean): Promise<void>
  close(): Promise<void>
}

interface Management {
  management: { setEnabled(id: string, enabled: boolean): Promise<void> }
}

export const pilotsIn = (page: Page) => page.frames().filter((frame) => frame.url().includes('/pilot.html?nonce='))

export async function openStage(options: { locale?: string } = {}): Promise<OverlayStage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-stage-'))
  const extension = path.join(folder, 'extension')
  await cp(process.env.RINGSIDE_EXTENSION ?? extensionFolder, extension, { recursive: true })
  await bundle('desk', path.join(extension, 'background.js'))
  await bundle('pilot', path.join(extension, 'pilot.js'))
  await writeFile(
    path.join(extension, 'pilot.html'),
    '<!doctype html><html lang="en"><meta charset="utf-8"><script src="pilot.js" defer></script>',
  )

  const profile = path.join(folder, 'profile')
  const args = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--remote-debugging-port=0',
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
  ]
  const context = await chromium.launchPersistentContext(profile, {
    ...(chromiumPath() ? { executablePath: chromiumPath() as string } : {}),
    headless: false,
    viewport: { width: 1200, height: 800 },
    locale: options.locale ?? 'en-US',
    args,
  })
  const devtools = await openDevTools(profile)
  const workerTarget = async () =>
    (await devtools.targets()).find(({ type, url }) => type === 'service_worker' && url.endsWith('/background.js'))
  // By DevTools, because Playwright's own worker objects do not notice that a worker was stopped and came back.
  const run = async <T>(work: string): Promise<T> => {
    // A worker is there a moment before its script has run.
    const { targetId } = await until(async () => {
      const target = await workerTarget()
      return target && (await devtools.evaluate(target.targetId, `typeof stage === 'object'`).catch(() => false)) === true && target
    })
    return (await devtools.evaluate(targetId, work)) as T
  }
  const extensionId = new URL((await until(workerTarget)).url).host

  return {
    context,
    extensionId,
    profile,
    args,
    allow: (origin) => allowSite(context, extensionId, origin),
    show: (snapshot) => run(`stage.show(${JSON.stringify(snapshot)})`),
    heard: () => run('stage.heard'),
    read: () => run('stage.read()'),
    find: (number) => run(`stage.find(${JSON.stringify(number)})`),
    remove: (origin) => run(`stage.remove(${JSON.stringify(origin)})`),
    pilot: (page) => until(async () => pilotsIn(page)[0]),
    async stopWorker() {
      const { targetId } = await until(workerTarget)
      await until(async () => {
        const running = (await workerTarget())?.targetId
        if (running === targetId) await devtools.send('Target.closeTarget', { targetId }).catch(() => {})
        return running !== targetId
      })
    },
    runs: async () => (await workerTarget()) !== undefined,
    async enable(enabled) {
      const page = await context.newPage()
      await page.goto('chrome://extensions')
      await page.evaluate(([id, on]) => (globalThis as unknown as { chrome: Management }).chrome.management.setEnabled(id, on), [
        extensionId,
        enabled,
      ] as const)
      // Any page of the extension starts its worker, as the browser's next event would.
      if (enabled) await page.goto(`chrome-extension://${extensionId}/pilot.html`)
      await page.close()
    },
    async close() {
      devtools.close()
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function bundle(name: string, to: string): Promise<void> {
  const entry = path.join(import.meta.dirname, `${name}.ts`)
  const { dir, base } = path.parse(to)
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: dir,
      emptyOutDir: false,
      lib: { entry, formats: ['iife'], name: 'stage', fileName: () => base },
    },
  })
}

export interface TestPage {
  origin: string
  close(): Promise<void>
}

/** Serves these documents by path, all with the same headers. */
export async function servePages(pages: Record<string, string>, headers: OutgoingHttpHeaders = {}): Promise<TestPage> {
  const server = createServer((request, response) => {
    const body = pages[new URL(request.url ?? '/', 'http://localhost').pathname]
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
