/** The whole companion but for the process: given a configuration and a store, it serves. Tests start it as main.ts does. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { MovableClock } from './clock.ts'
import type { Config } from './config.ts'
import { createHandle } from './http/handle.ts'
import { serveHealth } from './http/health.ts'
import { createServer } from './http/server.ts'
import type { Companion } from './parts.ts'
import { servePeople } from './people/routes.ts'
import type { Store } from './store/store.ts'
import type { Provider } from './twilio/provider.ts'
import { createRestProvider } from './twilio/rest.ts'

export interface AppOptions {
  config: Config
  store: Store
  clock: MovableClock
  log: Logger
  /** Default: Twilio's REST, as configured. */
  provider?: Provider
}

export interface App {
  readonly companion: Companion
  readonly server: FastifyInstance
  /** Where it listens: `http://127.0.0.1:4100`. */
  readonly url: string
  /** Ends sockets and requests. The store is closed by whoever opened it. */
  close(): Promise<void>
}

/** Serves at `config.host:config.port`; resolves when it listens. */
export async function startApp({ config, store, clock, log, provider }: AppOptions): Promise<App> {
  const stopping = new AbortController()
  const companion: Companion = {
    id: randomUUID(),
    config,
    store,
    clock,
    log,
    provider: provider ?? createRestProvider(config.twilio),
    stopping: stopping.signal,
  }
  const server = await createServer(log)
  const { handle } = createHandle(server, companion)
  serveHealth(server, companion)
  servePeople(companion, handle)
  const url = await server.listen({ host: config.host, port: config.port })
  return {
    companion,
    server,
    url,
    async close() {
      stopping.abort()
      clock.stop()
      await server.close()
    },
  }
}
