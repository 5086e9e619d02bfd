import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { openCache } from '../../utils/cache-database.ts'
import { anna, id } from './desk-samples.ts'

test('notes of an earlier version get the author whose cache it was', async () => {
  const old = await openDB('ringside', 2, {
    upgrade(database) {
      for (const [name, keyPath] of Object.entries({ threads: 'id', entries: 'id', contacts: ['site', 'number'], notes: 'noteId' }))
        database.createObjectStore(name, { keyPath })
      database.createObjectStore('meta')
      database.createObjectStore('session')
    },
  })
  await old.put('meta', anna.id, 'user')
  await old.put('notes', { noteId: id(60), threadId: id(1), callId: null, text: 'x', revision: 2, sentRevision: 1 })
  await old.put('contacts', { site: 'https://crm.example', number: '+48600100200', name: 'Ewa', since: 1, seenAt: 1 })
  old.close()
  const upgraded = await openCache(() => undefined)
  expect(await upgraded.getAll('notes')).toEqual([expect.objectContaining({ author: anna.id, text: 'x', revision: 2 })])
  expect(await upgraded.getAll('contacts')).toMatchObject([{ name: 'Ewa' }])
  upgraded.close()
})
