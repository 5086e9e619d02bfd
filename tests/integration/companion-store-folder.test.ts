import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../companion/log.ts'
import { lockFolder } from '../../companion/store/lock.ts'
import { migrate, readMigrations } from '../../companion/store/migrate.ts'
import { openStore } from '../../companion/store/open.ts'
import { openPglite } from '../../companion/store/pglite.ts'
import { until } from '../kit/process.ts'
import { pgliteSnapshot } from '../kit/store.ts'

let folder: string
let child: ChildProcess | undefined
const log = createLog('silent')

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ringside-folder-'))
})
afterEach(async () => {
  child?.kill('SIGKILL')
  child = undefined
  await rm(folder, { recursive: true, force: true })
})

/** What a child process that writes to the folder has said so far. */
function startWriter(): () => string[] {
  let said = ''
  child = spawn(process.execPath, [path.resolve('tests/kit/store-child.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  return () => said.split('\n').slice(0, -1)
}

test('killed in the middle of writing, nothing acknowledged is lost, and a new companion starts at once', async () => {
  const acknowledged = startWriter()
  await until(() => acknowledged().length >= 40, 60_000)
  const gone = new Promise((resolve) => child?.once('exit', resolve))
  child?.kill('SIGKILL')
  await gone
  const told = acknowledged()
  const store = await openStore({ folder, log })
  const rows = await store.db.selectFrom('teams').select('id').execute()
  const saved = new Set(rows.map((row) => row.id))
  expect(told.filter((id) => !saved.has(id))).toEqual([])
  // A change and its event are one: neither is there without the other.
  expect(await store.upTo()).toBe(rows.length)
  const events = await store.db.selectFrom('events').select('seq').orderBy('seq').execute()
  expect(events.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
  await store.write((writer) => writer.emit(null, { type: 'notification-cleared', notificationId: told[0] ?? '' }))
  await store.close()
}, 90_000)

test('a second companion on one folder is refused in words, and does the first no harm', async () => {
  const acknowledged = startWriter()
  await until(() => acknowledged().length >= 5, 60_000)
  await expect(openStore({ folder, log })).rejects.toThrow(`is in use by another companion (process ${child?.pid} on ${hostname()})`)
  const before = acknowledged().length
  await until(() => acknowledged().length >= before + 5)
}, 90_000)

test('of ten that find a dead lock at once, one gets it', async () => {
  await writeFile(path.join(folder, 'lock.7'), JSON.stringify({ pid: process.pid, host: hostname(), started: 'another time' }))
  const script = `import('${path.resolve('companion/store/lock.ts')}').then(({ lockFolder }) => {
    try { lockFolder(${JSON.stringify(folder)}); console.log('mine') } catch { console.log('refused') }
    process.stdin.resume()
  })`
  const racers = Array.from({ length: 10 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  const said = await Promise.all(
    racers.map((racer) => new Promise<string>((resolve) => racer.stdout?.once('data', (chunk) => resolve(String(chunk).trim())))),
  )
  for (const racer of racers) racer.kill('SIGKILL')
  expect(said.filter((word) => word === 'mine')).toHaveLength(1)
}, 60_000)

test('a lock that was given back, and one whose process is gone, do not stand in the way', async () => {
  lockFolder(folder)()
  const release = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow('in use')
  release()
  await writeFile(path.join(folder, 'lock.9'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: '1' }))
  lockFolder(folder)()
  expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toEqual(['lock.10'])
})

test('a lock of another host is believed while it is touched', async () => {
  await writeFile(path.join(folder, 'lock.1'), JSON.stringify({ pid: 1, host: 'elsewhere', started: '1' }))
  expect(() => lockFolder(folder)).toThrow('process 1 on elsewhere')
})

test('a database that is newer than the code is refused in words', async () => {
  const database = await openPglite(undefined, await pgliteSnapshot())
  const future = { version: 9999, name: '9999-future.sql', sql: 'create table future (id integer)' }
  await migrate(database, [...readMigrations(), future], new Date())
  const snapshot = await database.dump()
  await database.close()
  await expect(openStore({ snapshot, log })).rejects.toThrow('newer Ringside (version 9999)')
})

test('a migration that fails leaves nothing of itself', async () => {
  const database = await openPglite(undefined, await pgliteSnapshot())
  const bad = { version: 9999, name: '9999-bad.sql', sql: 'create table half (id integer); select no_such_thing' }
  await expect(migrate(database, [...readMigrations(), bad], new Date())).rejects.toThrow('no_such_thing')
  await database.exclusively(async (sql) => {
    expect(await sql.rows(`select 1 from pg_tables where tablename = 'half'`)).toEqual([])
    expect(await sql.rows('select 1 from migrations where version = 9999')).toEqual([])
  })
  await database.close()
})
