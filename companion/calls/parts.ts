import type { EventEmitter } from 'node:events'
import type { Log } from '../log.ts'
import type { Clock, Store } from '../store/store.ts'
import type { Provider } from '../twilio/provider.ts'

/** What the calls are made of. */
export interface CallsParts {
  store: Store
  clock: Clock
  provider: Provider
  log: Log
  /** Our address as Twilio sees it, without a slash at the end. */
  publicUrl: string
  /** So long after the claim the winner's audio must be up. */
  leaseSeconds: number
  /** Waits by the clock, in milliseconds; false where the companion is closing. */
  pause: (ms: number) => Promise<boolean>
  /** Emits a call's id when its winner's leg is let in, in this process only: with several companions it may be let in elsewhere. */
  letIn: EventEmitter
  /** Calls back at that instant unless the companion closes before. */
  later: (instant: Date, callback: () => void) => void
}
