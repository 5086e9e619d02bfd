import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { createLog } from '../../companion/log.ts'
import { migrate, readMigrations } from '../../companion/store/migrate.ts'
import { type OpenOptions, openStore } from '../../companion/store/open.ts'
import { openPglite } from '../../companion/store/pglite.ts'
import type { Store } from '../../companion/store/store.ts'
import { startPostgres, type ThrowawayPostgres } from './postgres.ts'

export type StoreKind = Store['kind']

/** Both stores. */
export const storeKinds: readonly StoreKind[] = ['pglite', 'postgresql']

const log = createLog(process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent')
let server: Promise<ThrowawayPostgres | undefined> | undefined

/** A store of its own, empty and migrated; PGlite in memory. Undefined where PostgreSQL is not installed. Close it yourself. */
export async function testStore(kind: StoreKind, options: Partial<OpenOptions> = {}): Promise<Store | undefined> {
  if (kind === 'pglite') return await openStore({ log, snapshot: await pgliteSnapshot(), ...options })
  const databaseUrl = await testDatabaseUrl()
  return databaseUrl === undefined ? undefined : await openStore({ log, databaseUrl, ...options })
}

/** A new empty database on this file's PostgreSQL. */
export async function testDatabaseUrl(): Promise<string | undefined> {
  server ??= startPostgres()
  const postgres = await server
  if (!postgres) return undefined
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: postgres.databaseUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return postgres.databaseUrl.replace('/ringside?', `/${name}?`)
}

/** Stops this file's PostgreSQL, if one was started: call it in afterAll. */
export async function stopTestStores(): Promise<void> {
  const postgres = await server
  server = undefined
  await postgres?.stop()
}

/** A migrated PGlite folder as a file, made once for these migrations and kept in the temporary folder. */
export async function pgliteSnapshot(): Promise<Blob> {
  const migrations = readMigrations()
  const packageFile = await readFile(new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url), 'utf8')
  const hash = createHash('sha256').update(packageFile).update(JSON.stringify(migrations)).digest('hex').slice(0, 16)
  const file = path.join(tmpdir(), `ringside-pglite-${hash}.tar`)
  const kept = await readFile(file).catch(() => undefined)
  if (kept) return new Blob([kept])
  const database = await openPglite(undefined)
  await migrate(database, migrations, new Date())
  const dump = await database.dump()
  await database.close()
  const draft = `${file}.${process.pid}`
  await writeFile(draft, Buffer.from(await dump.arrayBuffer()))
  await rename(draft, file)
  return dump
}
