/** Programs of the operating system: found in PATH; installed by apt where we are root on Debian; else asked for in words. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { isOffline, run, why } from './run.mjs'
import { Remedy, say } from './say.mjs'

/** The full path of a program, or undefined. */
export function find(program, env = process.env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, program)
    try {
      accessSync(file, constants.X_OK)
      if (statSync(file).isFile()) return file
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}

/** Whether apt can install here without asking anybody. */
export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && find('apt-get') !== undefined
}

/** Installs Debian packages. Throws a Remedy where that does not work. */
export async function install(packages, because, env) {
  say(`apt-get install ${packages.join(' ')}, because ${because} (a few minutes, once)`)
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], quiet)
  const { code, output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
  if (code === 0) return
  throw new Remedy(
    `apt-get could not install ${packages.join(' ')}: ${why(output)}`,
    isOffline(output)
      ? 'Debian’s mirrors cannot be reached. Connect to the network and try again.'
      : `Run “apt-get install ${packages.join(' ')}” to see all of it.`,
  )
}

/** What every test needs, and how to know that it is there. */
const testParts = [
  { packages: ['postgresql'], isThere: () => existsSync('/usr/lib/postgresql') },
  { packages: ['firefox-esr'], isThere: (env) => find('firefox-esr', env) !== undefined || find('firefox', env) !== undefined },
  { packages: ['chromium'], isThere: (env) => Boolean(env.CHROMIUM_PATH) || find('chromium', env) !== undefined },
  { packages: ['espeak-ng'], isThere: (env) => find('espeak-ng', env) !== undefined },
]

/** With CI=true nothing may be skipped, so what is missing is installed. Elsewhere the tests say what they skip. */
export async function provideForCi(env) {
  if (!env.CI || env.CI === 'false') return
  const missing = testParts.filter((part) => !part.isThere(env)).flatMap((part) => part.packages)
  if (missing.length === 0) return
  if (!canInstall())
    throw new Remedy(
      `With CI=true every test runs, and these are missing: ${missing.join(', ')}.`,
      'Install them, or unset CI to skip their tests.',
    )
  await install(missing, 'with CI=true no test is skipped', env)
}
