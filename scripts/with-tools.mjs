#!/usr/bin/env node
/**
 * The door of every npm script. Runs under any Node from 20 on with nothing installed, brings what the job needs
 * (a Node that runs TypeScript, the packages, a browser), says each step in one line, then runs the job with that Node.
 *
 *   node scripts/with-tools.mjs <job> [arguments of the job]
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { provideBrowser } from './tools/browser.mjs'
import { provideNode } from './tools/node.mjs'
import { providePackages } from './tools/packages.mjs'
import { complain, Remedy } from './tools/say.mjs'
import { provideForCi } from './tools/system.mjs'

/** What each job runs, and what it needs beyond Node and the packages. */
const jobs = {
  start: { script: 'scripts/start.ts', needs: ['browser'] },
  call: { script: 'scripts/call.ts', needs: [] },
  bench: { script: 'scripts/bench.ts', needs: ['browser'] },
  test: { script: 'scripts/test.ts', needs: ['ci'] },
  lint: { script: 'scripts/lint.ts', needs: [] },
  format: { script: 'node_modules/@biomejs/biome/bin/biome', needs: [], first: ['check', '--write', '.'] },
  typecheck: { script: 'scripts/test.ts', needs: [], first: ['types'] },
  build: { script: 'scripts/build.ts', needs: [] },
  screenshots: { script: 'scripts/screenshots.ts', needs: ['browser'] },
}

const provide = { browser: provideBrowser, ci: provideForCi }

async function main() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const [name, ...rest] = process.argv.slice(2)
  const job = jobs[name]
  if (!job) throw new Remedy(`There is no job called “${name ?? ''}”.`, `Jobs: ${Object.keys(jobs).join(', ')}.`)
  const env = { ...process.env }
  const node = await provideNode(env)
  await providePackages(env)
  for (const need of job.needs) await provide[need](env)
  run(node, [job.script, ...(job.first ?? []), ...rest], env)
}

/** Runs the job in our place: its input and output, its signals, its exit code. */
function run(node, args, env) {
  const child = spawn(node, args, { stdio: 'inherit', env })
  // Ctrl-C reaches the whole process group: the job ends itself, and we wait for it.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) =>
    complain(new Remedy(`${node} could not be started: ${error.message}.`, 'Delete the .tools folder and try again.')),
  )
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}

main().catch(complain)
