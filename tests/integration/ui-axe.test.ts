/** axe finds nothing on any screen, in both themes and languages; and nothing is wider than its place. */
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browseGallery } from '../gallery/browse.ts'

// The engine itself rather than its Playwright driver, which opens another page for each run: 150 runs.
const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const engine = require.resolve('axe-core/axe.min.js')

let gallery: Awaited<ReturnType<typeof browseGallery>>

beforeAll(async () => {
  gallery = await browseGallery()
})

afterAll(() => gallery?.close())

const surfaces = [
  ['pilot', 340],
  ['popup', 360],
  ['desk', 1280],
] as const

const looks = [
  ['light', 'en'],
  ['dark', 'pl'],
] as const

interface Axe {
  run: (options: object) => Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }>
}

test.each(surfaces.flatMap(([surface, width]) => looks.map(([theme, language]) => ({ surface, width, theme, language }))))(
  'axe finds nothing on the $surface, $theme, $language',
  async ({ surface, width, theme, language }) => {
    const { page, names, show } = await gallery.open({ theme, language, width, height: 760 })
    await page.addScriptTag({ path: engine })
    const found: string[] = []
    const mine = names.filter((name) => name.startsWith(`${surface}/`))
    expect(mine.length).toBeGreaterThan(10)
    for (const name of mine) {
      await show(name)
      const problems = await page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] })
        return violations.map(({ id, nodes }) => `${id} ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`)
      })
      found.push(...problems.map((problem) => `${name}: ${problem}`))
    }
    await page.close()
    expect(found).toEqual([])
  },
  180_000,
)

/** Elements that stick out of the page to the side, by class. */
const tooWide = () =>
  [...document.querySelectorAll('#app *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.unseen, .threads-rows, nav ul'))
    .map((element) => `${element.tagName} ${element.className}`)

test.each([
  ['pilot', 340],
  ['popup', 360],
  ['desk', 320],
  ['desk', 640],
] as const)(
  'nothing of the %s sticks out at %i px, in Polish',
  async (surface, width) => {
    const { page, names, show } = await gallery.open({ theme: 'light', language: 'pl', width, height: 760 })
    const found: Record<string, string[]> = {}
    for (const name of names.filter((one) => one.startsWith(`${surface}/`))) {
      await show(name)
      const wide = await page.evaluate(tooWide)
      if (wide.length > 0) found[name] = wide
    }
    await page.close()
    expect(found).toEqual({})
  },
  120_000,
)

/** Boxes whose content is wider than they are: it lies over what is beside them, or is cut. */
const spilt = () =>
  [...document.querySelectorAll<HTMLElement>('.page *')]
    .filter((element) => {
      const { display, overflowX } = getComputedStyle(element)
      return (
        display !== 'inline' &&
        !/auto|scroll/.test(overflowX) &&
        !element.closest('.unseen, thead') &&
        element.scrollWidth > element.clientWidth + 1
      )
    })
    .map((element) => `${element.tagName} ${element.className}: ${element.textContent?.slice(0, 40)}`)

test('on an admin’s pages nothing is cut, or lies over something else, at 320 px in Polish', async () => {
  const { page, names, show } = await gallery.open({ theme: 'light', language: 'pl', width: 320, height: 760 })
  const found: Record<string, string[]> = {}
  for (const name of names.filter((one) => /^desk\/(channel|wizard|ring|release|people|company)/.test(one))) {
    await show(name)
    const over = await page.evaluate(spilt)
    if (over.length > 0) found[name] = over
  }
  await page.close()
  expect(found).toEqual({})
}, 60_000)

test('a table that is too narrow for columns is still one to a screen reader', async () => {
  const { page, show } = await gallery.open({ theme: 'light', language: 'en', width: 320, height: 760 })
  await show('desk/wizard-number-existing')
  const table = page.getByRole('table', { name: 'Numbers that you own' })
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Number', 'Country', 'Channel', 'Users', 'Choose'])
  expect(await table.getByRole('row').count()).toBe(3)
  expect(await table.getByRole('row').nth(1).getByRole('cell').count()).toBe(5)
  await page.close()
})
