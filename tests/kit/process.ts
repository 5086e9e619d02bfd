/** Child processes of the local world: started with their output kept, ended for certain, killable in the middle. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

export interface Part {
  readonly child: ChildProcess
  /** All that it printed so far, for failure messages. */
  output(): string
  /** SIGTERM, then SIGKILL after five seconds. Resolves when it is gone. */
  stop(): Promise<void>
  /** kill -9: nothing is flushed, nothing is said. */
  kill(): Promise<void>
}

/** Starts `node <args>` and resolves when `ready` says so; rejects with its output when it ends before. */
export async function startPart(args: string[], env: Record<string, string>, ready: () => Promise<boolean>): Promise<Part> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-200_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
    await gone
    clearTimeout(hard)
  }
  const part: Part = { child, output: () => printed, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }

  try {
    await until(async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${args[0]} ended before it was ready:\n${printed}`)
      return await ready()
    }, 60_000)
  } catch (cause) {
    await part.kill()
    throw new Error(`${args[0]} did not become ready:\n${printed}`, { cause })
  }
  return part
}

/** Waits for a condition, looking every 25 ms. Rejects after `timeoutMs`. */
export async function until<T>(
  look: () => Promise<T | false | undefined | null> | T | false | undefined | null,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const seen = await look()
    if (seen !== false && seen !== undefined && seen !== null) return seen
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for: ${look.toString().slice(0, 200)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Below every system's range of ports for outgoing connections (Linux: from 32768), so that no connection takes a port between look and use. */
const LOWEST = 20_000
const HIGHEST = 32_000

/** A TCP port of 127.0.0.1 on which nobody listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** GET of a JSON address; undefined while nobody listens. */
export async function tryJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url)
    return response.ok ? await response.json() : undefined
  } catch {
    return undefined
  }
}
