import { RingsideError, type Wiring } from '../../utils/protocol/index.ts'
import type { Companion } from '../parts.ts'
import { audit } from '../people/audit.ts'
import type { NumberRow, UserRow } from '../store/tables.ts'
import type { ProviderNumber } from '../twilio/provider.ts'
import { wantedWiring } from './rewire.ts'
import { wiringDifferences } from './wiring.ts'

/** Holds a number against what it should be at the provider. Errors: not_found, also where the account has it no more; those of the market. */
export async function checkWiring(companion: Companion, numberId: string): Promise<Wiring> {
  const { number, row } = await readBoth(companion, numberId)
  const wanted = await wantedWiring(companion.store.db, companion.config, row.id)
  return note(companion, row.id, wiringDifferences(number, wanted))
}

/** Sets it right. Repairing what is right changes nothing. Errors: as checkWiring. */
export async function repairWiring(companion: Companion, admin: UserRow, numberId: string): Promise<Wiring> {
  const { number, row } = await readBoth(companion, numberId)
  const wanted = await wantedWiring(companion.store.db, companion.config, row.id)
  const wrong = wiringDifferences(number, wanted)
  if (wrong.length === 0) return note(companion, row.id, wrong)
  const repaired = await companion.provider.updateNumber(number.sid, wanted)
  const before = Object.fromEntries(wrong.map(({ setting, is }) => [setting, is]))
  await companion.store.write((writer) =>
    audit(writer, { by: admin.id, act: 'number-repaired', subject: row.e164, before, after: { wired: true } }),
  )
  return note(companion, row.id, wiringDifferences(repaired, wanted))
}

async function readBoth({ store, market }: Companion, numberId: string): Promise<{ row: NumberRow; number: ProviderNumber }> {
  const row = await store.db
    .selectFrom('numbers')
    .selectAll()
    .where('id', '=', numberId)
    .where('released_at', 'is', null)
    .executeTakeFirst()
  const number = row && (await market.findNumber(row.e164))
  if (!row || !number) throw new RingsideError('not_found')
  if (row.provider_sid !== number.sid) {
    await store.write(({ db }) => db.updateTable('numbers').set({ provider_sid: number.sid }).where('id', '=', row.id).execute())
  }
  return { row, number }
}

async function note({ store }: Companion, numberId: string, differences: Wiring['differences']): Promise<Wiring> {
  const right = differences.length === 0
  await store.write(({ db }) => db.updateTable('numbers').set({ wired: right }).where('id', '=', numberId).execute())
  return { numberId, right, differences }
}
