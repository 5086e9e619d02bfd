/** A Chromium that loads unpacked extensions: CHROMIUM_PATH, or one found here, or Debian's. Leaves its path in `env.CHROMIUM_PATH`. */
import { existsSync } from 'node:fs'
import process from 'node:process'
import { Remedy, say } from './say.mjs'
import { canInstall, find, install } from './system.mjs'

const names = ['chromium', 'chromium-browser', 'chrome-for-testing']
const macPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
]

export async function provideBrowser(env) {
  if (env.CHROMIUM_PATH && !existsSync(env.CHROMIUM_PATH)) {
    throw new Remedy(
      `CHROMIUM_PATH is ${env.CHROMIUM_PATH}, and there is no such file.`,
      'Correct it, or unset it to let us look for a browser.',
    )
  }
  env.CHROMIUM_PATH ??= findBrowser(env)
  if (!env.CHROMIUM_PATH && canInstall()) {
    await install(['chromium'], 'no Chromium was found', env)
    env.CHROMIUM_PATH = findBrowser(env)
  }
  if (!env.CHROMIUM_PATH) throw new Remedy('No Chromium was found, and the extension needs one.', advice())
  // Greetings are spoken by it; without it the switchboard plays a tone in their place.
  if (!find('espeak-ng', env)) {
    if (canInstall())
      await install(['espeak-ng'], 'greetings are spoken by it', env).catch((error) => say(`${error.message} Greetings will be a tone.`))
    else say('espeak-ng is not installed: greetings will be a tone in place of speech')
  }
}

function findBrowser(env) {
  return names.map((name) => find(name, env)).find(Boolean) ?? macPaths.find(existsSync)
}

function advice() {
  const chrome = 'Branded Chrome does not load extensions from the command line since version 137, so it will not do.'
  const testing = 'npx @puppeteer/browsers install chrome@stable   then   CHROMIUM_PATH=<the path it prints> npm start'
  const system = {
    linux: 'Install it (Debian, Ubuntu: sudo apt-get install chromium)',
    darwin: 'Install it (brew install --cask chromium)',
  }
  return `${system[process.platform] ?? 'Install Chromium'}, or bring Chrome for Testing:\n  ${testing}\n  ${chrome}`
}
