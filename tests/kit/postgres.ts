import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A PostgreSQL of its own for one test file. */
export interface ThrowawayPostgres {
  /** `postgres://…`, over a Unix socket in a temporary folder; an empty database called `ringside`. */
  databaseUrl: string
  /** Stops it and deletes its files. */
  stop(): Promise<void>
}

/**
 * Starts a throwaway PostgreSQL (about 2 s), or returns undefined, and says so, where none is installed. With CI=true a missing one throws.
 * PostgreSQL refuses to run as root; as root, the user `postgres` that its package made runs it.
 */
export async function startPostgres(): Promise<ThrowawayPostgres | undefined> {
  const bin = await findPrograms()
  if (!bin) {
    const words = 'PostgreSQL is not installed (Debian: apt-get install postgresql)'
    if (process.env.CI) throw new Error(words)
    console.warn(`${words}: its tests are skipped`)
    return undefined
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-postgres-'))
  const data = path.join(folder, 'data')
  await chmod(folder, 0o777)
  const run = (program: string, ...args: string[]) => runAsPostgres(path.join(bin, program), args, folder)
  // Durability is of no use to a test: without fsync the whole suite is faster.
  const options = `-k ${folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200`
  try {
    await run('initdb', '-D', data, '-U', 'ringside', '-A', 'trust', '-E', 'UTF8', '--no-sync')
    await run('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start')
    await run('createdb', '-h', folder, '-U', 'ringside', 'ringside')
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return {
    databaseUrl: `postgres://ringside@/ringside?host=${encodeURIComponent(folder)}`,
    async stop() {
      await run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The newest installed version's programs: Debian keeps them out of PATH. */
async function findPrograms(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch(() => [])
  const newest = versions
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => b - a)[0]
  return newest === undefined ? undefined : path.join(root, String(newest), 'bin')
}

function runAsPostgres(program: string, args: string[], cwd: string): Promise<void> {
  const isRoot = process.getuid?.() === 0
  const [command = program, ...all] = isRoot ? ['runuser', '-u', 'postgres', '--', program, ...args] : [program, ...args]
  return new Promise((resolve, reject) => {
    // The server that pg_ctl leaves behind would keep a pipe open for ever, so only standard error is read, and not waited for.
    const child = spawn(command, all, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      child.stderr.destroy()
      if (code === 0) resolve()
      else reject(new Error(`${path.basename(program)} ended with ${code}: ${said.trim().slice(-500)}`))
    })
  })
}
