/** The whole companion but for the process: given a configuration and a store, it serves. Tests start it as main.ts does. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type ServeCallsOptions, serveCalls } from './calls/serve.ts'
import { serveChannels } from './channels/routes.ts'
import type { MovableClock } from './clock.ts'
import { serveCompany } from './company/routes.ts'
import type { Config } from './config.ts'
import { serveDrafts } from './drafts/routes.ts'
import type { HubOptions } from './events/hub.ts'
import { serveEvents } from './events/routes.ts'
import { keepUploadsFew } from './greetings/forget-uploads.ts'
import { serveGreetings } from './greetings/routes.ts'
import { createHandle } from './http/handle.ts'
import { serveHealth } from './http/health.ts'
import { createServer } from './http/server.ts'
import { serveSignInPage } from './http/sign-in-page.ts'
import { serveTestRoutes } from './http/test-routes.ts'
import { keepNumbersWired } from './numbers/numbers.ts'
import { serveNumbers } from './numbers/routes.ts'
import type { Companion } from './parts.ts'
import { serveAdminPeople } from './people/admin-routes.ts'
import { servePeople } from './people/routes.ts'
import type { Store } from './store/store.ts'
import { serveAudio } from './threads/audio.ts'
import { serveThreads } from './threads/routes.ts'
import { createNumberMarket } from './twilio/number-market.ts'
import type { Provider } from './twilio/provider.ts'
import { createRestProvider } from './twilio/rest.ts'

export interface AppOptions {
  config: Config
  store: Store
  clock: MovableClock
  log: Logger
  /** Default: Twilio's REST, as configured. */
  provider?: Provider
  /** For tests. */
  calls?: ServeCallsOptions
  feed?: HubOptions
}

export interface App {
  readonly companion: Companion
  readonly server: FastifyInstance
  /** Where it listens: `http://127.0.0.1:4100`. */
  readonly url: string
  /** Ends timers, sockets and requests. The store is closed by whoever opened it. */
  close(): Promise<void>
}

/** Serves at `config.host:config.port`; resolves when it listens. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, store, clock, log } = options
  const stopping = new AbortController()
  const companion: Companion = {
    id: randomUUID(),
    config,
    store,
    clock,
    log,
    provider: options.provider ?? createRestProvider(config.twilio),
    market: createNumberMarket(config.twilio),
    stopping: stopping.signal,
  }
  const server = await createServer(log)
  const { handle, assertAll } = createHandle(server, companion)
  serveHealth(server, companion)
  serveSignInPage(server)
  servePeople(companion, handle)
  serveThreads(companion, handle)
  serveAudio(server, companion)
  serveChannels(companion, handle)
  serveNumbers(companion, handle)
  serveDrafts(companion, handle)
  const calls = await serveCalls(companion, handle, server, options.calls)
  serveAdminPeople(companion, handle, calls.release)
  serveCompany(companion, handle)
  serveGreetings(companion, handle, server)
  const hub = await serveEvents(companion, handle, server, options.feed)
  if (config.test) serveTestRoutes(server, companion, clock, hub)
  assertAll()

  const close = async () => {
    stopping.abort()
    clock.stop()
    await hub.close()
    await server.close()
  }
  try {
    const url = await server.listen({ host: config.host, port: config.port })
    await calls.start()
    // Not waited for: who is up must be able to ring while Twilio's REST is not.
    void keepNumbersWired(companion)
    void keepUploadsFew(companion)
    return { companion, server, url, close }
  } catch (error) {
    await close()
    throw error
  }
}
