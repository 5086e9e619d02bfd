/**
 * Pictures of the gallery: `node tests/gallery/screenshots.ts FOLDER [--only=pilot/] [--lang=pl] [--dark] [--width=320] [--zoom=2]`.
 */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { serveGallery } from './serve.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    lang: { type: 'string', default: 'en' },
    dark: { type: 'boolean', default: false },
    width: { type: 'string' },
  },
})
const folder = positionals[0] ?? 'screenshots'
await mkdir(folder, { recursive: true })
const gallery = await serveGallery()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const page = await browser.newPage({ colorScheme: values.dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  page.on('pageerror', (error) => console.error(error))
  await page.goto(gallery.address)
  const names = await page.getByRole('link').allTextContents()
  for (const name of names.filter((one) => one.startsWith(values.only))) {
    const surface = name.split('/')[0]
    const panel = name.startsWith('pilot/panel')
    const width = values.width ? Number(values.width) : surface === 'desk' ? 1280 : surface === 'popup' ? 360 : panel ? 400 : 340
    await page.setViewportSize({ width, height: panel ? 760 : surface === 'desk' ? 800 : 100 })
    await page.goto(`${gallery.address}?screen=${name}&lang=${values.lang}`)
    await page.locator('#app > *').first().waitFor()
    await page.screenshot({ path: path.join(folder, `${name.replace('/', '-')}.png`), fullPage: surface !== 'desk' && !panel })
  }
} finally {
  await browser.close()
  await gallery.close()
}
