import type { Reader, Writer } from '../store/store.ts'

/** A row of `settings`; what was never saved is empty. */
export async function readSetting<T extends object>(db: Reader, key: string): Promise<Partial<T>> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
  // Only writeSetting writes it, with a T.
  return (row?.value ?? {}) as Partial<T>
}

/** Reads a row and keeps other writers off it until the transaction ends, also where it was not there yet. */
export async function lockSetting<T extends object>({ db }: Writer, key: string): Promise<Partial<T>> {
  await db
    .insertInto('settings')
    .values({ key, value: {} })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).forUpdate().executeTakeFirstOrThrow()
  return row.value as Partial<T>
}

export async function writeSetting<T extends object>({ db }: Writer, key: string, value: T): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
