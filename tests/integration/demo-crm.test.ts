import { isValidPhoneNumber } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'
import { companies, contactByNumber, contacts, tickets } from '../demo-crm/seed.ts'
import { startDemoCrm } from '../demo-crm/server.ts'

test('every record has what it points to, and every number is one person’s', () => {
  const numbers = [...contacts, ...companies].flatMap((record) =>
    [record.phone, 'mobile' in record ? record.mobile : undefined].filter((number) => number !== undefined),
  )
  expect(numbers.filter((number) => !isValidPhoneNumber(number))).toEqual([])
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(contacts.filter(({ companyId }) => !companies.some(({ id }) => id === companyId))).toEqual([])
  expect(tickets.filter(({ contactId }) => !contacts.some(({ id }) => id === contactId))).toEqual([])
  expect(contactByNumber('+48600555101')).toMatchObject({ id: 101, firstName: 'Anna', email: 'anna.kowalska@baltyk-logistyka.example' })
})

test('any page of the app is served under the strict policy, and nothing outside of it is', async () => {
  const crm = await startDemoCrm({ headers: { 'cross-origin-embedder-policy': 'require-corp' } })
  try {
    const page = await fetch(`${crm.url}/contacts/101`)
    expect(await page.text()).toContain('/main.js')
    expect(page.headers.get('content-security-policy')).toContain(`require-trusted-types-for 'script'`)
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
    expect((await fetch(`${crm.url}/api/contacts`)).headers.get('content-type')).toContain('json')
    for (const missing of ['/api/passwords', '/nothing.js', '/..%2fserver.js', '/%2e%2e/server.html'])
      expect((await fetch(crm.url + missing)).status).toBe(404)
  } finally {
    await crm.close()
  }
})
