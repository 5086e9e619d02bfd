/** The wizard by keyboard alone, on a page as narrow as a telephone: each control is reached by Tab, and is seen to have the focus. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../kit/index.ts'

test.use({ channelOptions: { agents: 1, admins: [0] } })

/** Presses Tab until this has the focus; fails where it is out of reach, hidden or not seen to have it. */
async function tabTo(desk: Page, to: Locator): Promise<void> {
  await expect(to).toBeVisible()
  for (let steps = 0; steps < 150; steps++) {
    if (await to.evaluate((element) => element === document.activeElement)) {
      const seen = await to.evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      })
      expect(seen, `the focus is seen on ${to}`).toBe(true)
      await expect(to).toBeInViewport()
      return
    }
    await desk.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${to}`)
}

test('a channel is connected without a mouse', async ({ agent }) => {
  const ewa = await agent(0, { until: 'signed-in' })
  const desk = await ewa.desk('#/channels')
  await desk.setViewportSize({ width: 320, height: 640 })
  const press = async (name: string | RegExp) => {
    await tabTo(desk, desk.getByRole('button', { name }).first())
    await desk.keyboard.press('Enter')
  }
  const type = async (label: string, text: string) => {
    await tabTo(desk, desk.getByLabel(label, { exact: true }))
    await desk.keyboard.press('Control+A')
    await desk.keyboard.type(text)
  }

  await press('Connect channel')
  await press('New number')
  await tabTo(desk, desk.getByLabel('Country'))
  await desk.keyboard.type('Poland')
  await expect(desk.getByLabel('Country')).toHaveValue('PL')
  await type('First digits', '22')
  await desk.keyboard.press('Enter')
  await press('Show another')
  await press('Claim this number')
  await expect(desk.getByText(/is yours$/)).toBeVisible()
  await press('Next')

  await type('Pipeline', 'Sales')
  await press('Next')

  await type('Name of the channel', 'By keyboard')
  await press('Copy these hours: Monday')
  const dialog = desk.getByRole('dialog')
  await tabTo(desk, dialog.getByLabel('Saturday'))
  await desk.keyboard.press('Space')
  await tabTo(desk, dialog.getByRole('button', { name: 'Copy' }))
  await desk.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(desk.getByRole('button', { name: 'Copy these hours: Monday' })).toBeFocused()
  await expect(desk.getByLabel('Saturday, from')).toHaveValue('09:00')
  await expect(desk.getByLabel('Sunday, from')).toHaveCount(0)
  await tabTo(desk, desk.getByLabel(ewa.name))
  await desk.keyboard.press('Space')
  await press('Next')

  await press('Finish: make it live')
  await expect(desk.getByText(/is live$/)).toBeVisible()
})
