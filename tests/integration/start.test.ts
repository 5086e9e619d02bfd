/** `npm start` as processes: what it prints, what a second one finds, and that nothing stays behind. Without a browser; browsers have tests of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort, tryJson, until } from '../kit/process.ts'

interface Start {
  child: ChildProcess
  output(): string
  exited: Promise<number | null>
}

let folder: string
let ports: Record<string, string>
const started: Start[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ringside-start-'))
  ports = {}
  for (const name of ['COMPANION_PORT', 'SWITCHBOARD_PORT', 'SIGNALLING_PORT', 'CRM_PORT']) ports[name] = String(await freePort())
})

afterEach(async () => {
  for (const { child, exited } of started.splice(0)) {
    child.kill('SIGTERM')
    await exited
  }
  // A part that is ending may still write its last file.
  await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
})

function start(env: Record<string, string> = {}): Start {
  const child = spawn(process.execPath, ['scripts/start.ts', '--no-browser'], {
    env: { ...process.env, ...ports, RINGSIDE_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const one: Start = { child, output: () => output, exited: new Promise((resolve) => child.once('exit', resolve)) }
  started.push(one)
  return one
}

const screen = (one: Start) =>
  until(() => {
    if (one.child.exitCode !== null) throw new Error(one.output())
    return one.output().includes('Ctrl-C ends it') && one.output().includes('Logs') ? one.output() : undefined
  }, 80_000)

const isUp = async (port: string | undefined, path: string) => (await tryJson(`http://127.0.0.1:${port}${path}`)) !== undefined
const areGone = () =>
  until(async () => !(await isUp(ports.COMPANION_PORT, '/health')) && !(await isUp(ports.SWITCHBOARD_PORT, '/control/clock')))
const numberOn = (text: string) => /Call +(\+\d+)/.exec(text)?.[1]

test('one screen, the same number the next time, one at a time, and nothing left behind', { timeout: 150_000 }, async () => {
  const first = start()
  const shown = await screen(first)
  const number = numberOn(shown)
  expect(number).toMatch(/^\+1\d{10}$/)
  expect(shown).toContain(`/booth?to=%2B${number?.slice(1)}`)
  expect(shown).toMatch(/Ben Carter, agent +http:\/\/127\.0\.0\.1:\d+\/sign-in#\S{20}/)
  expect(shown.split('\n').length).toBeLessThan(40)

  const beside = start()
  expect(await beside.exited).toBe(1)
  expect(beside.output()).toContain(`Ringside runs here already, as process ${first.child.pid}`)

  first.child.kill('SIGINT')
  expect(await first.exited).toBe(0)
  await areGone()

  const second = start()
  expect(numberOn(await screen(second))).toBe(number)
})

test('killed without a chance to tidy up, its parts end by themselves', { timeout: 100_000 }, async () => {
  const one = start()
  await screen(one)
  one.child.kill('SIGKILL')
  await one.exited
  await areGone()
})

test('a part that cannot live ends all, and says why', { timeout: 60_000 }, async () => {
  const one = start({ LOG_LEVEL: 'loud' })
  expect(await one.exited).toBe(1)
  expect(one.output()).toContain('LOG_LEVEL cannot be “loud”')
  await areGone()
})

test('a taken port is told in words, with a way out', { timeout: 60_000 }, async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(Number(ports.CRM_PORT), '127.0.0.1', resolve))
  const one = start()
  expect(await one.exited).toBe(1)
  server.close()
  expect(one.output()).toContain(`Port ${ports.CRM_PORT} for the demo CRM is taken`)
  expect(one.output()).toContain('CRM_PORT=')
})
