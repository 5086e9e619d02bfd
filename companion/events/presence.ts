import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import { dropBrowser } from '../people/availability.ts'
import { GONE_MS } from '../people/statuses.ts'

const TICK_MS = 10_000

export interface Presence {
  /** Says at once, and again every 10 s, that our browsers are here, and (for tests) will be so in `aheadMs`; takes off those whose companion died. */
  touch(aheadMs?: number): Promise<void>
  close(): Promise<void>
}

/**
 * A browser is here while a companion says so: who holds its socket renews the row. So a companion that is killed need not say goodbye, and no
 * ping is written to the database.
 */
export function keepPresence({ id, store, clock, log }: Companion): Presence {
  const renew = (aheadMs: number) =>
    store.db
      .updateTable('browsers')
      .set({ seen_at: new Date(clock.now().getTime() + aheadMs) })
      .where('companion_id', '=', id)
      .execute()

  const reap = async () => {
    const before = new Date(clock.now().getTime() - GONE_MS)
    const dead = await store.db
      .selectFrom('browsers')
      .select(['id', 'user_id', 'companion_id'])
      .where('companion_id', 'is not', null)
      .where('seen_at', '<', before)
      .execute()
    for (const { id: browserId, user_id, companion_id } of dead) {
      await store.write((writer) => dropBrowser(writer, browserId, user_id, companion_id ?? ''))
    }
  }
  const touch = async (aheadMs = 0) => {
    try {
      await renew(aheadMs)
      await reap()
    } catch (error) {
      log.warn(withoutData(error), 'cannot renew who is here')
    }
  }
  const timer = setInterval(() => void touch(), TICK_MS)

  return {
    touch,
    async close() {
      clearInterval(timer)
      await store.db
        .updateTable('browsers')
        .set({ companion_id: null })
        .where('companion_id', '=', id)
        .execute()
        .catch((error) => log.warn(withoutData(error), 'cannot say goodbye'))
    },
  }
}

/** With the embedded store there is no other companion: whoever a former process held is not here. */
export async function forgetFormerCompanions({ store }: Pick<Companion, 'store'>): Promise<void> {
  if (store.kind === 'pglite') await store.db.updateTable('browsers').set({ companion_id: null }).execute()
}
