import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { Clock, Store } from './store/store.ts'
import type { NumberMarket } from './twilio/number-market.ts'
import type { Provider } from './twilio/provider.ts'

/** What the companion's subjects are given: `serveX(companion, …)` of each folder takes what it needs from here. */
export interface Companion {
  /** Of this process: tells its sockets from those of other companions on the same database. */
  readonly id: string
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly provider: Provider
  readonly market: NumberMarket
  readonly log: Log
  /** Aborted when the companion stops. */
  readonly stopping: AbortSignal
}
