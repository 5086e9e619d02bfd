import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { dataFolder } from './settings.ts'

/** A program of the local world, running beside us; what it prints goes to a log file. */
export interface Part {
  name: string
  logFile: string
  /** Resolves when it is gone, with how it ended in words. */
  gone: Promise<string>
  /** SIGTERM, then SIGKILL after five seconds. */
  stop(): Promise<void>
  /** kill -9, at once. */
  kill(): void
}

/** What `gone` says of a program that did what it should. */
export const endedWell = 'ended with code 0'

const LAST_LINES = 12
const HARD_MS = 5000
const READY_MS = 90_000

/** Starts `node <args>`. `name` names it for people and its log file. */
export function startPart(name: string, args: string[], env: Record<string, string>): Part {
  const logFile = path.join(dataFolder, 'logs', `${name.replaceAll(' ', '-')}.log`)
  mkdirSync(path.dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'w')
  const endWithUs = ['--import', new URL('end-with-parent.mjs', import.meta.url).href]
  const child = spawn(process.execPath, [...endWithUs, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log, 'ipc'],
    // A group of its own: Ctrl-C reaches us alone, and we end the parts in their order.
    detached: true,
  })
  closeSync(log)
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => resolve(signal ? `was killed by ${signal}` : `ended with code ${code}`))
  })
  const kill = () => void (isRunning(child) && child.kill('SIGKILL'))
  return {
    name,
    logFile,
    gone,
    kill,
    async stop() {
      if (isRunning(child)) child.kill('SIGTERM')
      const hard = setTimeout(kill, HARD_MS)
      await gone
      clearTimeout(hard)
    },
  }
}

const isRunning = (child: ChildProcess) => child.pid !== undefined && child.exitCode === null && child.signalCode === null

/** Waits until `look` answers. Throws in words, with the end of the log, where the part ends before, or does not answer in 90 s. */
export async function whenReady<T>(part: Part, look: () => Promise<T | undefined>): Promise<T> {
  let end: string | undefined
  void part.gone.then((how) => {
    end = how
  })
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await wait(50)) {
    const answer = await look().catch(() => undefined)
    if (answer !== undefined) return answer
    if (end) throw new Error(`The ${part.name} ${end}. It said:\n${lastLines(part)}`)
  }
  throw new Error(`The ${part.name} did not answer within ${READY_MS / 1000} s. It said:\n${lastLines(part)}`)
}

/** The end of what a part printed, for a message. */
export function lastLines(part: Part): string {
  const lines = readFileSync(part.logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES)
  return lines.map((line) => `    ${line}`).join('\n')
}

/** GET of a JSON address; undefined while nobody answers. */
export async function tryJson<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url)
  return response.ok ? ((await response.json()) as T) : undefined
}
