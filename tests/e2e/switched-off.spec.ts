/** An admin switches somebody off: their browser is signed out, says why, and keeps nothing of what it read (DESIGN 7). */
import { expect, test, until } from '../kit/index.ts'
import { inWorker } from '../kit/worker.ts'

test.use({ channelOptions: { agents: 2, admins: [0], open: 'never' } })

const rows = `new Promise((resolve) => {
  indexedDB.open('ringside').onsuccess = async ({ target: { result: database } }) => {
    const names = ['threads', 'entries', 'contacts', 'session']
    const counts = names.map((name) => new Promise((counted) => {
      const asked = database.transaction(name).objectStore(name).count()
      asked.onsuccess = () => counted([name, asked.result])
    }))
    resolve(Object.fromEntries(await Promise.all(counts)))
    database.close()
  }
})`

test('what was cached of a user who is switched off is gone from their browser', async ({ agent, caller, channel }) => {
  const [admin, ben] = await Promise.all([agent(0, { until: 'signed-in' }), agent(1)])
  // The CRM's page is read once somebody is there.
  await ben.crm.mouse.move(100, 100)
  const phone = await caller()
  await until(async () => (await phone.state()).state === 'answered')
  await phone.hangUp()
  const bens = await ben.desk('#/threads')
  await bens
    .getByRole('link', { name: /48 22 123 45 67/ })
    .first()
    .click()
  await expect(bens.getByLabel('Owner')).toBeVisible()
  const cached = async () => (await inWorker(ben.browser, rows)) as Record<string, number>
  await expect.poll(async () => Object.values(await cached()).every((count) => count > 0)).toBe(true)

  const people = await admin.desk('#/people')
  await people.getByRole('button', { name: `Switch off: ${channel.agents[1]?.name}` }).click()
  await people.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()

  await expect(bens.getByLabel('Sign-in link')).toBeVisible()
  await expect.poll(cached).toEqual({ threads: 0, entries: 0, contacts: 0, session: 0 })
  await expect(bens.getByText(/You are signed out\.|Your account is switched off\./)).toBeVisible()
  await expect(bens.getByText('48 22 123 45 67')).toHaveCount(0)
})
