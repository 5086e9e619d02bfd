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
  /** Signs the winners' tickets; the same for every companion of this company. */
  secret: string
  /** So long after the claim the winner's audio must be up. */
  leaseSeconds: number
  /** Called at every boundary of a call's life. A test throws here: that is the companion being killed at this point. */
  atAwait: (step: Step) => void
  /** Waits by the clock, in milliseconds; false where the companion is closing. */
  pause: (ms: number) => Promise<boolean>
  /** Calls back at that instant unless the companion closes before. */
  later: (instant: Date, callback: () => void) => void
}

/** Where a companion can die: asked, before anything is changed; after the commit and before what follows it outside. */
export type Step =
  `${'arrived' | 'accepted' | 'joined' | 'conference' | 'unanswered' | 'declined' | 'left' | 'recorded' | 'leased' | 'hung-up' | 'swept'}:${
    | 'asked'
    | 'committed'}`
