/** Faults between Twilio and us: what really happens to callbacks and media, on demand. */
import type { World } from './world.ts'

export interface Fault {
  match: { kind: 'webhook' | 'rest' | 'media'; event?: string; path?: string; callSid?: string; to?: string }
  do: 'drop' | 'delay' | 'double' | 'reorder' | 'status' | 'refuse-media'
  /** How often; without it, always. */
  times?: number
  /** For `delay`. */
  ms?: number
  /** For `status`, such as 429. */
  status?: number
}

export interface Faults {
  add(fault: Fault): Promise<void>
  clear(): Promise<void>
}

export const makeFaults = (world: World): Faults => ({
  async add(fault) {
    await world.ask('switchboard', 'POST', '/control/faults', fault)
  },
  async clear() {
    await world.ask('switchboard', 'DELETE', '/control/faults')
  },
})
