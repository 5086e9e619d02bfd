/** Makes the exchange's parts and sets them moving. */

import { listenTo, speakTo } from './calls/leg.ts'
import { createLegs } from './calls/legs.ts'
import { createPacer } from './calls/pacer.ts'
import { createQueues } from './calls/queues.ts'
import { type Clock, createClock } from './clock/clock.ts'
import { createConferences } from './conferences/conferences.ts'
import type { LineFinder } from './exchange.ts'
import { createFaults } from './faults/faults.ts'
import { createCallLog } from './log/call-log.ts'
import { createRecordings } from './recordings/recordings.ts'
import type { Room } from './room.ts'
import { openStore } from './store/store.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

export interface RoomOptions {
  dataFolder: string
  print: (line: string) => void
  finder: () => LineFinder
  baseUrl: () => string
  clock?: Clock
  /** How many calls REST may start in a second; the rest is queued. No limit where not given. */
  callsPerSecond?: number
}

export function openRoom(options: RoomOptions): Room {
  const clock = options.clock ?? createClock()
  const store = openStore(options.dataFolder, clock.now())
  const log = createCallLog(clock.now, options.print)
  const faults = createFaults()
  const webhooks = createWebhooks({ clock, faults, log, authToken: store.data.authToken })
  const legs = createLegs({ clock, log, webhooks, accountSid: store.data.accountSid })
  const recordings = createRecordings({ clock, webhooks, store, baseUrl: options.baseUrl })
  const conferences = createConferences(() => room)
  const room: Room = {
    clock,
    log,
    faults,
    webhooks,
    store,
    legs,
    conferences,
    queues: createQueues(),
    pacer: createPacer(clock, options.callsPerSecond),
    recordings,
    finder: options.finder,
    baseUrl: options.baseUrl,
  }
  // One tick for everybody: first all are listened to, then conferences mix, then all are spoken to.
  clock.onTick((skipped) => {
    const speaking = legs.all().filter((leg) => leg.call.status === 'in-progress')
    for (const leg of speaking) listenTo(leg, skipped)
    conferences.mix()
    for (const leg of speaking) speakTo(leg, skipped)
  })
  return room
}
