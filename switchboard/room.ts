/** Everything the exchange's parts share. Made once in start.ts and handed down; nothing here is global. */

import type { Legs } from './calls/legs.ts'
import type { Pacer } from './calls/pacer.ts'
import type { Queues } from './calls/queues.ts'
import type { Clock } from './clock/clock.ts'
import type { Conferences } from './conferences/conferences.ts'
import type { LineFinder } from './exchange.ts'
import type { Faults } from './faults/faults.ts'
import type { CallLog } from './log/call-log.ts'
import type { Recordings } from './recordings/recordings.ts'
import type { Store } from './store/store.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

export interface Room {
  clock: Clock
  log: CallLog
  faults: Faults
  webhooks: Webhooks
  store: Store
  legs: Legs
  conferences: Conferences
  queues: Queues
  pacer: Pacer
  recordings: Recordings
  /** Who can be rung. A function, as lines are opened after the room is made. */
  finder(): LineFinder
  /** `http://127.0.0.1:PORT`, without a slash at the end: where recordings are fetched. */
  baseUrl(): string
}
