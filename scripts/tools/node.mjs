/** A Node that runs TypeScript without a build step: 22.18 or newer. Where there is none, one is brought from npm into .tools. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { isOffline, run, why } from './run.mjs'
import { Remedy, say } from './say.mjs'

const BROUGHT = '24.21.0'
const OLDEST = [22, 18]

/** The path of a Node that is new enough; puts its folder first in `env.PATH`. */
export async function provideNode(env) {
  if (isNewEnough(process.versions.node)) return process.execPath
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = path.resolve('.tools', 'node_modules', name, 'bin')
  const node = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) await bring(name, env)
  env.PATH = `${folder}${path.delimiter}${env.PATH ?? ''}`
  return node
}

export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

async function bring(name, env) {
  say(
    `Node ${BROUGHT} into .tools, because this Node is ${process.versions.node} and TypeScript needs ${OLDEST.join('.')} (half a minute, once)`,
  )
  const { code, output } = await run(
    'npm',
    ['install', '--prefix', '.tools', '--no-save', '--no-audit', '--no-fund', `${name}@${BROUGHT}`],
    env,
  )
  if (code === 0) return
  throw new Remedy(
    `Node ${BROUGHT} did not come: ${why(output)}`,
    isOffline(output)
      ? 'The npm registry cannot be reached. Connect to the network and try again, or install Node 24 yourself (https://nodejs.org).'
      : 'Install Node 24 yourself (https://nodejs.org) and try again.',
  )
}
