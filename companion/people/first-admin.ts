import { randomUUID } from 'node:crypto'
import type { Writer } from '../store/store.ts'
import { makeLink } from './sign-in.ts'

/** At the very first start nobody could send anybody a link: makes an admin with a seat and returns their link; undefined where users exist. */
export async function makeFirstAdmin(writer: Writer, publicUrl: string): Promise<string | undefined> {
  const { db, now } = writer
  // Two companions that start at once on one database must not make two.
  await db
    .insertInto('settings')
    .values({ key: 'first-admin', value: {} })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db.selectFrom('settings').select('key').where('key', '=', 'first-admin').forUpdate().execute()
  const someone = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (someone) return undefined
  const id = randomUUID()
  await db.insertInto('users').values({ id, name: 'Admin', role: 'admin', seat: true, created_at: now }).execute()
  return makeLink(writer, id, publicUrl)
}
