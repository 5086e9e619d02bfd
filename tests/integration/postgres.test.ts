import pg from 'pg'
import { expect, test } from 'vitest'
import { startPostgres } from '../kit/postgres.ts'

test('a throwaway PostgreSQL answers, and leaves nothing behind', async ({ skip }) => {
  const postgres = await startPostgres()
  if (!postgres) return skip('PostgreSQL is not installed')
  const client = new pg.Client({ connectionString: postgres.databaseUrl })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query(`select current_database() as name, current_setting('server_version_num')::int as version`)
  expect(rows[0].name).toBe('ringside')
  expect(rows[0].version).toBeGreaterThanOrEqual(150000)
  await client.end()
  await postgres.stop()
  await expect(new pg.Client({ connectionString: postgres.databaseUrl }).connect()).rejects.toThrow()
})
