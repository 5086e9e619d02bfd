/** Pictures of the gallery: `node tests/gallery/screenshots.ts FOLDER [--only=pilot/] [--lang=pl] [--dark] [--width=320]`. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { browseGallery } from './browse.ts'

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
const gallery = await browseGallery()
try {
  const { page, names, show } = await gallery.open({
    theme: values.dark ? 'dark' : 'light',
    language: values.lang === 'pl' ? 'pl' : 'en',
    width: 340,
    height: 100,
  })
  for (const name of names.filter((one) => one.startsWith(values.only))) {
    const surface = name.split('/')[0]
    const panel = name.startsWith('pilot/panel')
    const width = values.width ? Number(values.width) : surface === 'desk' ? 1280 : surface === 'popup' ? 360 : panel ? 400 : 340
    await page.setViewportSize({ width, height: panel ? 760 : surface === 'desk' ? 800 : 100 })
    await show(name)
    await page.screenshot({ path: path.join(folder, `${name.replace('/', '-')}.png`), fullPage: surface !== 'desk' && !panel })
  }
} finally {
  await gallery.close()
}
