/**
 * One companion for one folder. PGlite has no lock of its own: two processes on one folder would destroy it.
 *
 * A lock is a file `lock.<n>`. Whoever finds the highest one dead or released makes the next, which only one can do (link fails where the name
 * exists); so two that start at once after a crash cannot both win, as they could by deleting a stale file. Dead means: no process has that id,
 * or it started at another time (ids are used again). A lock of another host, such as a container that is gone, is dead 20 s after its last touch.
 */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'

interface Holder {
  pid: number
  host: string
  /** When the process started, in whatever form the system gives it; only compared. */
  started: string
}

const TOUCH_MS = 5000
const FORSAKEN_MS = 20_000

/** Takes the folder, making it where it does not exist, or throws an Error in words. Returns the release. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (;;) {
    const highest = highestLock(folder)
    const file = path.join(folder, `lock.${highest}`)
    const holder = readHolder(file)
    if (holder && isAlive(holder, file)) {
      throw new Error(
        `The data folder ${folder} is in use by another companion (process ${holder.pid} on ${holder.host}). ` +
          'Stop that one, or give this one a folder of its own: DATA=/some/other/folder.',
      )
    }
    if (!take(folder, highest + 1)) continue
    return keep(folder, highest + 1)
  }
}

/** The file appears with its content at once. False where somebody else was faster. */
function take(folder: string, number: number): boolean {
  const file = path.join(folder, `lock.${number}`)
  const draft = path.join(folder, `draft.${process.pid}.${number}`)
  const holder: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) ?? '' }
  writeFileSync(draft, JSON.stringify(holder))
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  if (highestLock(folder) === number) return true
  rmSync(file)
  return false
}

function keep(folder: string, number: number): () => void {
  for (const old of lockNumbers(folder)) if (old < number) rmSync(path.join(folder, `lock.${old}`), { force: true })
  const file = path.join(folder, `lock.${number}`)
  const touch = setInterval(() => utimesSync(file, new Date(), new Date()), TOUCH_MS)
  touch.unref()
  return () => {
    clearInterval(touch)
    // Kept, but empty: numbers only grow.
    writeFileSync(file, '')
  }
}

const lockNumbers = (folder: string) =>
  readdirSync(folder)
    .map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? Number.NaN))
    .filter(Number.isInteger)

const highestLock = (folder: string) => Math.max(0, ...lockNumbers(folder))

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < FORSAKEN_MS
  return startOf(holder.pid) === holder.started
}

/** When a process started; undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  try {
    // Field 22 of /proc/<pid>/stat, counted after the program's name, which may hold spaces; ticks since the boot that boot_id names.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    if (fields[0] === 'Z') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
  } catch {
    return process.platform === 'win32' ? 'running' : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  }
}
