import { startApp } from './app.ts'
import { createClock } from './clock.ts'
import type { Config } from './config.ts'
import { withoutData } from './http/errors.ts'
import { createLog } from './log.ts'
import { makeFirstAdmin } from './people/first-admin.ts'
import { openStore } from './store/open.ts'

/** A stop that takes longer is cut short: whoever stops us will not wait for ever. */
const STOP_MS = 10_000

/** Serves until SIGTERM or SIGINT. */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const clock = createClock()
  const store = await openStore({ databaseUrl: config.databaseUrl, folder: config.data, log, now: clock.now })
  const app = await startApp({ config, store, clock, log }).catch(async (error) => {
    await store.close()
    throw inWords(error, config)
  })
  const link = await store.write((writer) => makeFirstAdmin(writer, config.publicUrl))
  if (link) console.log(welcome(link))
  console.log(`Ringside’s companion listens at ${app.url}, for Twilio and browsers at ${config.publicUrl}`)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_MS).unref()
    await app.close()
    await store.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop().catch((error) => {
        log.error(withoutData(error), 'could not stop cleanly')
        process.exit(1)
      })
    })
  }
}

const welcome = (link: string) => `
────────────────────────────────────────────────────────────────────────
  Welcome. This is the first start, so there is one user: the admin.
  Sign in from the extension with this link, once, within 24 hours:

  ${link}

  A new one: node companion/main.ts link Admin
────────────────────────────────────────────────────────────────────────
`

function inWords(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} at ${host} is in use. Give another one: PORT=4101`, { cause: error })
  if (error.code === 'EACCES')
    return new Error(`Port ${port} at ${host} may not be used by this user. Give one above 1023: PORT=4100`, { cause: error })
  return error
}
