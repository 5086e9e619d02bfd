import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dataFolder } from './settings.ts'

/** What a running `npm start` tells the other scripts. */
export interface Running {
  pid: number
  companionUrl: string
  switchboardUrl: string
  /** The channel's number, E.164. */
  number: string
}

const file = path.join(dataFolder, 'start', 'running.json')

export function writeRunning(running: Running): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(running, null, 2))
}

export function clearRunning(): void {
  rmSync(file, { force: true })
}

/** Undefined where nothing runs, or did not say so. */
export function readRunning(): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running
  } catch {
    return undefined
  }
}
