import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fromExitCode, type Tally } from './tally.ts'

/**
 * Runs a script of an installed package with this Node, its output shown as it comes. Resolves with its exit code.
 * By the script's path, not by npx: npx would look for the machine's own Node.
 */
export function runScript(script: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** Scripts of installed packages that the tests use. */
export const bin = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  playwright: 'node_modules/@playwright/test/cli.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
  webExt: 'node_modules/web-ext/bin/web-ext.js',
  wxt: 'node_modules/wxt/bin/wxt.mjs',
}

/** Biome over the repository. It would paint a log file too. */
export const runBiome = () => runScript(bin.biome, ['check', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.'])

/** Runs a runner that leaves a JSON report in a file, and reads the tally from it; without a report the runner itself failed. */
export async function tallyOf<Report>(
  name: string,
  run: (reportFile: string) => Promise<number>,
  read: (report: Report, exitCode: number) => Tally,
): Promise<Tally> {
  const file = path.resolve('.cache', 'test', `${name}.json`)
  mkdirSync(path.dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const exitCode = await run(file)
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')) as Report, exitCode)
  } catch {
    return fromExitCode(exitCode || 1)
  }
}
