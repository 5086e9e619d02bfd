/** Makes the PNGs of public/icons from mark.svg: `node tests/gallery/make-icons.ts`. */
import { readFile } from 'node:fs/promises'
import { chromium } from 'playwright'

const folder = new URL('../../public/icons/', import.meta.url)
const mark = await readFile(new URL('mark.svg', folder), 'utf8')
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  for (const size of [16, 32, 48, 128]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${mark}`)
    await page.screenshot({ path: new URL(`${size}.png`, folder).pathname, omitBackground: true })
    await page.close()
  }
} finally {
  await browser.close()
}
