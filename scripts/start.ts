/**
 * `npm start`: the whole of Ringside on one machine, with real audio and without any account: switchboard, companion, demo CRM, and a browser with an
 * agent in it. Prints one screen. Ctrl-C, SIGTERM, or a part that dies ends all of it.
 *
 *   npm start -- --no-browser      only the servers        npm start -- --headless      a browser that nobody sees
 */
import path from 'node:path'
import { lockFolder } from '../companion/store/lock.ts'
import { startDemoCrm } from '../tests/demo-crm/server.ts'
import type { DemoBrowser } from './start/browser.ts'
import { buildExtension, extensionFolder } from './start/extension.ts'
import { lastLines, type Part } from './start/part.ts'
import { clearRunning, writeRunning } from './start/running.ts'
import { drawScreen } from './start/screen.ts'
import { seed } from './start/seed.ts'
import { choosePorts, dataFolder, hasDisplay } from './start/settings.ts'
import { createShutdown } from './start/shutdown.ts'
import { seedCompanion, startCompanion, startSwitchboard } from './start/world.ts'

const flags = new Set(process.argv.slice(2))
const shutdown = createShutdown()
const say = (line: string) => console.log(`· ${line}`)

/** Ends the part with us, and us with the part. */
function watch(part: Part): void {
  shutdown.add(part.stop, part.kill)
  void part.gone.then((how) => {
    if (!shutdown.begun) void shutdown.end(1, `The ${part.name} ${how}, so everything ends. It said (${part.logFile}):\n${lastLines(part)}`)
  })
}

function lockData(): () => void {
  try {
    return lockFolder(path.join(dataFolder, 'start'))
  } catch (error) {
    const pid = /process (\d+)/.exec(String(error))?.[1]
    if (!pid) throw error
    throw new Error(
      `Ringside runs here already, as process ${pid}. End that one first, or start beside it with RINGSIDE_DATA=… and other ports.`,
    )
  }
}

async function main(): Promise<void> {
  const unlock = lockData()
  shutdown.add(() => {
    clearRunning()
    unlock()
  })
  const ports = await choosePorts()
  await buildExtension(say)

  say('starting the switchboard')
  const account = await startSwitchboard(ports, watch)
  say('starting the companion')
  const settings = { ports, account }
  const seeded = await seedCompanion(settings, seed, (part) => shutdown.add(part.stop, part.kill))
  const companionUrl = await startCompanion(settings, watch)
  const crm = await startDemoCrm({ port: ports.crm })
  shutdown.add(() => crm.close())
  writeRunning({ pid: process.pid, companionUrl, switchboardUrl: account.restUrl, number: seeded.number })

  const [agent] = seeded.agents
  const headed = hasDisplay() && !flags.has('--headless')
  let noBrowser = flags.has('--no-browser') ? 'There is no browser, as you asked.' : undefined
  if (!noBrowser && agent) {
    say('opening the browser')
    // Only here: Playwright is large, and servers alone do not need it.
    const { openBrowser } = await import('./start/browser.ts')
    const browser = await openBrowser({ crmUrl: crm.url, link: agent.link, spki: account.spki, headed }).catch((error: Error) => {
      noBrowser = `The browser did not open (${error.message.split('\n')[0]}).`
      return undefined
    })
    if (browser) follow(browser)
  }
  const screen = { companionUrl, switchboardUrl: account.restUrl, signallingPort: ports.signalling, crmUrl: crm.url, number: seeded.number }
  const browserFacts = { agent: noBrowser ? undefined : agent?.name, headed, noBrowser, extensionFolder }
  console.log(
    drawScreen({
      ...screen,
      ...browserFacts,
      people: seeded.agents,
      logs: path.join(dataFolder, 'logs'),
    }),
  )
}

function follow(browser: DemoBrowser): void {
  shutdown.add(() => browser.close())
  void browser.closed.then(() => {
    if (!shutdown.begun) say('the browser was closed; the rest goes on. Ctrl-C ends it')
  })
}

// An error after the end has begun is the end's doing.
main().catch((error: Error) => (shutdown.begun ? undefined : shutdown.end(1, `✗ ${error.message}`)))
