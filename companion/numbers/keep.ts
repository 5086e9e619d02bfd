import { randomUUID } from 'node:crypto'
import type { Writer } from '../store/store.ts'
import type { NumberRow } from '../store/tables.ts'
import { countryOf } from './typed.ts'

/** Notes that the account owns this number. One that was known, or released and bought again, keeps its id. */
export function keepNumber({ db, now }: Writer, number: { e164: string; sid: string }): Promise<NumberRow> {
  return db
    .insertInto('numbers')
    .values({ id: randomUUID(), e164: number.e164, provider_sid: number.sid, country: countryOf(number.e164), created_at: now })
    .onConflict((conflict) => conflict.column('e164').doUpdateSet({ provider_sid: number.sid, released_at: null }))
    .returningAll()
    .executeTakeFirstOrThrow()
}
