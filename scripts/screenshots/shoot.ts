import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

const folder = path.resolve('docs', 'images')

/** A picture of what is on screen, in docs/images. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
  console.log(`docs/images/${name}.png`)
}
