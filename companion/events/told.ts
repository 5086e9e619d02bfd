import type { Call } from '../../utils/protocol/index.ts'
import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'

/** Tellings are written together: the offers of a ring set go out first. Milliseconds. */
const GATHER_MS = 50

export interface Told {
  /** A socket of each of these users was told of this offer. */
  add(call: Call, userIds: readonly string[]): void
  close(): Promise<void>
}

/** Notes in the ledger when a user's browser was told (RO5). */
export function createTold({ store, clock, log }: Pick<Companion, 'store' | 'clock' | 'log'>): Told {
  let gathered: { call: Call; userIds: readonly string[]; at: Date }[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    const tellings = gathered
    gathered = []
    if (tellings.length === 0) return
    await store.write(async ({ db }) => {
      for (const { call, userIds, at } of tellings) {
        await db
          .updateTable('ledger')
          .set({ told_at: at })
          .where('call_id', '=', call.id)
          .where('epoch', '=', call.epoch)
          .where('user_id', 'in', userIds)
          .where('told_at', 'is', null)
          .execute()
      }
    })
  }
  const flushSafely = () => flush().catch((error) => log.warn(withoutData(error), 'cannot note who was told'))

  return {
    add(call, userIds) {
      if (userIds.length === 0) return
      gathered.push({ call, userIds, at: clock.now() })
      timer ??= setTimeout(flushSafely, GATHER_MS)
    },
    close: flushSafely,
  }
}
