import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from './database.ts'

export interface Migration {
  version: number
  name: string
  sql: string
}

/** The SQL files of migrations/, in order: `0001-what-it-does.sql`. A file that was released never changes. */
export function readMigrations(): Migration[] {
  const folder = new URL('./migrations/', import.meta.url)
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort()
    .map((name) => ({ version: Number(name.slice(0, 4)), name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}

/** Any number: the same for every companion that might migrate this database at this moment. */
const MIGRATION_LOCK = 720_144_301

/** Brings the database up to the newest migration, each in a transaction. Refuses a database that is newer than the code. */
export function migrate(database: Database, migrations: readonly Migration[], now: Date): Promise<void> {
  return database.exclusively(async (sql) => {
    await sql.run(`select pg_advisory_lock(${MIGRATION_LOCK})`)
    try {
      await sql.run('create table if not exists migrations (version integer primary key, name text not null, at timestamptz not null)')
      const [row] = await sql.rows<{ version: number }>('select coalesce(max(version), 0)::integer as version from migrations')
      const current = row?.version ?? 0
      const newest = migrations.at(-1)?.version ?? 0
      if (current > newest) {
        throw new Error(
          `The database is of a newer Ringside (version ${current}) than this one (${newest}). Update this one, or restore the copy from before the update.`,
        )
      }
      for (const migration of migrations.filter(({ version }) => version > current)) {
        const record = `insert into migrations values (${migration.version}, '${migration.name}', '${now.toISOString()}')`
        await sql.run(`begin;\n${migration.sql}\n;${record};\ncommit;`).catch(async (error) => {
          await sql.run('rollback')
          throw error
        })
      }
    } finally {
      await sql.run(`select pg_advisory_unlock(${MIGRATION_LOCK})`)
    }
  })
}
