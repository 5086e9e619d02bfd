/** A browser in front of the gallery, for pictures and for axe. */
import { type Browser, chromium, type Page } from 'playwright'
import { serveGallery } from './serve.ts'

export interface Look {
  theme: 'light' | 'dark'
  language: 'en' | 'pl'
  width: number
  height: number
}

export interface GalleryPage {
  page: Page
  /** Names of all screens. */
  names: string[]
  show: (name: string) => Promise<void>
}

declare global {
  interface Window {
    show: (name: string) => void
    update: (name: string) => void
    screenNames: string[]
  }
}

export async function browseGallery() {
  const gallery = await serveGallery()
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })

  async function open({ theme, language, width, height }: Look): Promise<GalleryPage> {
    const page = await browser.newPage({ colorScheme: theme, reducedMotion: 'reduce', viewport: { width, height } })
    page.on('pageerror', (error) => console.error(error))
    await page.goto(`${gallery.address}?lang=${language}`)
    await page.waitForFunction(() => window.screenNames !== undefined)
    const names = await page.evaluate(() => window.screenNames)
    return {
      page,
      names,
      // Effects of the components run after the next frame.
      show: (name) =>
        page.evaluate(async (screen) => {
          window.show(screen)
          await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
        }, name),
    }
  }

  return {
    open,
    async close() {
      await browser.close()
      await gallery.close()
    },
  }
}
