/** node_modules as package-lock.json says, no more and no less often than needed. */
import { readFileSync } from 'node:fs'
import { isOffline, run, why } from './run.mjs'
import { Remedy, say } from './say.mjs'

/** npm keeps what it installed in its own hidden lock; it is written last, so a broken install shows as a missing one. */
const INSTALLED = 'node_modules/.package-lock.json'

export async function providePackages(env) {
  const locked = read('package-lock.json')
  if (!locked) throw new Remedy('package-lock.json is missing.', 'Run this in a checkout of the repository, at its top.')
  const difference = firstDifference(locked, read(INSTALLED) ?? {})
  if (!difference) return
  say(`npm ci, because ${difference} (up to three minutes, once)`)
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund'], env)
  if (code === 0) return
  throw new Remedy(
    `The packages did not come: ${why(output)}`,
    isOffline(output) ? 'The npm registry cannot be reached. Connect to the network and try again.' : 'Run “npm ci” to see all of it.',
  )
}

/** Why the installed packages are not those of the lock, in words; undefined where they are. Optional packages depend on the platform. */
export function firstDifference(locked, installed) {
  if (Object.keys(installed).length === 0) return 'no packages are installed'
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '' || entry.optional || entry.devOptional || entry.link) continue
    const version = installed[path]?.version
    if (version !== entry.version)
      return `${path.replace(/^node_modules\//, '')} ${entry.version} is ${version ? `there as ${version}` : 'missing'}`
  }
  return undefined
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
