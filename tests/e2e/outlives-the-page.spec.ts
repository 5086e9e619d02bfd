/** CA3, P4: the sound is whole while the page reloads, navigates or closes, and while the worker dies; the pilot comes back. */
import { type Agent, expect, test, until } from '../kit/index.ts'

const acts: [string, (anna: Agent, url: string) => Promise<unknown>][] = [
  ['the CRM page is reloaded', (anna) => anna.crm.reload()],
  ['the CRM page is left and opened again', (anna, url) => anna.crm.goto('about:blank').then(() => anna.crm.goto(url))],
  ['the service worker is killed', (anna) => anna.killWorker()],
]

for (const [what, act] of acts) {
  test(`the sound does not break when ${what}, and the agent is in control within 5 s`, async ({ agent, caller, world }) => {
    const anna = await agent()
    await anna.beAvailable()
    const phone = await caller()
    await anna.rings()
    await anna.answer()
    await anna.hears(440)
    await phone.hears(880)
    const { heardMs } = await phone.state()

    await act(anna, world.crmUrl)
    await expect((await anna.pilot(undefined, 5000)).getByRole('button', { name: 'Hang up' })).toBeVisible({ timeout: 5000 })
    await anna.hears(440)

    // Every 100 ms that the caller heard since is the agent's tone: before, during and after.
    await until(async () => (await phone.state()).heardMs > heardMs + 2000)
    const since = await phone.heardSince(heardMs)
    const broken = since.filter(({ dbfs, hz }) => dbfs < -45 || Math.abs(hz - 880) > 30)
    expect(broken).toEqual([])

    await anna.hangUp()
    await phone.ended()
  })
}

test('closing the CRM tab leaves the call, and the popup holds it', async ({ agent, caller }) => {
  const anna = await agent()
  await anna.beAvailable()
  const phone = await caller()
  await anna.rings()
  await anna.answer()
  await anna.hears(440)
  const popup = await anna.popup()
  await anna.crm.close()
  await anna.hears(440)
  await phone.hears(880)
  await popup.getByRole('button', { name: 'Hang up' }).click()
  await phone.ended()
})
