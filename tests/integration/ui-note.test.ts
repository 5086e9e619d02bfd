/** While somebody types a note, snapshots that arrive change neither the text nor the caret (TH2). In a real browser: focus and caret are its own. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browseGallery, type GalleryPage } from '../gallery/browse.ts'

let gallery: Awaited<ReturnType<typeof browseGallery>>
let panel: GalleryPage

beforeAll(async () => {
  gallery = await browseGallery()
  panel = await gallery.open({ theme: 'light', language: 'en', width: 400, height: 760 })
})

afterAll(() => gallery?.close())

const update = (name: string) => panel.page.evaluate((screen) => window.update(screen), name)
const editor = () => panel.page.getByRole('textbox', { name: 'Note' })
const caret = () => editor().evaluate((area) => (area as HTMLTextAreaElement).selectionStart)
const held = 'Asked for the invoice of October.'

test('a snapshot with another text leaves what is being typed, its caret and the focus', async () => {
  await panel.show('pilot/panel')
  await expect.poll(() => editor().inputValue()).toBe(held)
  await editor().click()
  await panel.page.keyboard.press('Home')
  await panel.page.keyboard.type('She ')
  await update('pilot/panel-reading')
  await update('pilot/panel-live')
  await panel.page.keyboard.type('then ')
  expect(await editor().inputValue()).toBe(`She then ${held}`)
  expect(await caret()).toBe('She then '.length)
  expect(await editor().evaluate((area) => document.activeElement === area)).toBe(true)
})

test('while nobody types, the text of the desk is shown', async () => {
  await panel.show('pilot/panel')
  await editor().blur()
  await update('pilot/panel-reading')
  await expect.poll(() => editor().inputValue()).toBe('')
  await update('pilot/panel')
  await expect.poll(() => editor().inputValue()).toBe(held)
})

test('it says that it is saving as soon as something is typed, and what the desk says after', async () => {
  await panel.show('pilot/panel')
  const state = panel.page.locator('.note-state')
  await editor().click()
  await panel.page.keyboard.type('!')
  expect(await state.textContent()).toContain('Saving…')
  await expect.poll(() => state.textContent()).toContain('Saved')
  await update('pilot/panel-waiting')
  await expect.poll(() => state.textContent()).toContain('Waiting for the network')
})

test('all that a ring needs can be done by keyboard', async () => {
  await panel.show('pilot/ringing')
  await panel.page.keyboard.press('Tab')
  const focused = () => panel.page.evaluate(() => document.activeElement?.textContent)
  const seen: (string | null | undefined)[] = []
  for (let i = 0; i < 4; i++) {
    seen.push(await focused())
    await panel.page.keyboard.press('Tab')
  }
  expect(seen).toEqual(expect.arrayContaining(['Decline', 'Answer']))
  expect(await panel.page.getByRole('alert').textContent()).toBe('Incoming call: Maria Nowak, Support line.')
})
