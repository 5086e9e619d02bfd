import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { contacts, preferred, recognised, SITE_LIMIT } from '../../background/contacts.ts'
import { cacheDatabase } from '../../utils/cache-database.ts'
import type { Contact } from '../../utils/protocol/index.ts'
import { call, id } from './desk-samples.ts'

const [crm, other] = ['https://crm.example', 'https://other.example']
const person = (number: number, name = `Person ${number}`, site = crm): Contact => ({ name, number: `+4860${number}`, url: `${site}/` })
const ewa = person(1000001, 'Ewa Nowak')

beforeEach(async () => (await cacheDatabase()).clear('contacts'))

test('knows whose number it is, by the last word of the site', async () => {
  await contacts.put([ewa, { name: 'Nobody', number: 'anonymous' }], crm, 1)
  await contacts.put([{ ...ewa, company: 'Acme' }], crm, 2)
  expect(await contacts.of(ewa.number)).toEqual({ ...ewa, company: 'Acme' })
  expect(await contacts.of('anonymous')).toBeUndefined()
  expect(await contacts.of('+48600999999')).toBeUndefined()
})

test('another site cannot put a name of its own in the place of the first', async () => {
  await contacts.put([ewa], crm, 1)
  await contacts.put([{ ...ewa, name: 'Your bank', url: `${other}/` }], other, 2)
  expect(await contacts.of(ewa.number)).toEqual(ewa)
  expect(preferred({ ...ewa, name: 'Your bank', url: `${other}/` }, ewa)).toEqual(ewa)
  expect(preferred({ ...ewa, name: 'Ewa Nowak-Kowalska' }, ewa)?.name).toBe('Ewa Nowak-Kowalska')
  expect([preferred(ewa, undefined), preferred(null, ewa), preferred(null, undefined)]).toEqual([ewa, ewa, null])
})

test('a page that shows a caller whom nobody knew names them at once; whoever has a name keeps it, and anonymous stays so', () => {
  const ring = (from: string, contact: Contact | null = null, told: Contact | null = null) => ({
    offers: [{ call: call({ from, contact: told }), contact, until: 0, asked: false }],
    call: null,
  })
  expect(recognised(ring(ewa.number), [person(1000002), ewa])).toEqual([{ number: ewa.number, contact: ewa }])
  expect(recognised(ring(ewa.number, person(1000001, 'Ewa', other)), [ewa])).toEqual([])
  expect(recognised(ring(ewa.number, null, person(1000001, 'Ewa')), [ewa])).toEqual([])
  expect(recognised(ring('anonymous'), [{ name: 'Your bank', number: 'anonymous' }])).toEqual([])
})

test('a site that says more than it may loses its own oldest, and nobody else’s', async () => {
  await contacts.put([ewa], other, 0)
  for (let page = 0; page <= SITE_LIMIT / 200; page++)
    await contacts.put(
      Array.from({ length: 200 }, (_, at) => person(2_000_000 + page * 200 + at)),
      crm,
      page + 1,
    )
  expect(await (await cacheDatabase()).count('contacts')).toBe(SITE_LIMIT + 1)
  expect(await contacts.of('+48602000000')).toBeUndefined()
  expect(await contacts.of('+48602000200')).toBeDefined()
  expect(await contacts.of(ewa.number)).toEqual(ewa)
})

test('a site that is not allowed any more takes its contacts with it', async () => {
  await contacts.put([ewa, person(1000002)], crm, 1)
  await contacts.put([person(1000003, 'Else', other)], other, 1)
  await contacts.forget([crm])
  expect(await contacts.of(ewa.number)).toBeUndefined()
  expect(await contacts.of('+48601000003')).toMatchObject({ name: 'Else' })
})

test('a browser that comes from the version before keeps its notes and reads contacts anew', async () => {
  ;(await cacheDatabase()).close()
  await deleteDB('ringside')
  const before = await openDB('ringside', 1, {
    upgrade(database) {
      for (const name of ['threads', 'entries', 'meta', 'session']) database.createObjectStore(name)
      database.createObjectStore('contacts', { keyPath: 'number' })
      database.createObjectStore('notes', { keyPath: 'noteId' })
    },
  })
  await before.put('contacts', { ...ewa, seenAt: 1 })
  await before.put('notes', { noteId: id(60), text: 'kept' })
  before.close()
  const { openCache } = await import('../../utils/cache-database.ts')
  const database = await openCache(() => undefined)
  expect(await database.get('notes', id(60))).toMatchObject({ text: 'kept' })
  expect(await database.count('contacts')).toBe(0)
  await database.put('contacts', { ...ewa, site: crm, since: 1, seenAt: 1 })
  database.close()
})
