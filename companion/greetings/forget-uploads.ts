import { sql } from 'kysely'
import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import type { Writer } from '../store/store.ts'

/** An admin who has uploaded a greeting saves the channel with it, or the draft, within so long. Milliseconds. */
const KEPT_MS = 24 * 3600 * 1000
const EVERY_MS = 3600 * 1000

const unused = sql<boolean>`not exists (
    select from channels where deleted_at is null and position(uploads.id::text in channels.greetings::text) > 0
  ) and not exists (
    select from drafts where discarded_at is null and channel_id is null and position(uploads.id::text in drafts.settings::text) > 0
  )`

/** Deletes recordings that no channel and no open draft refers to. Locked first, then looked at again: a channel may just be saved with one. */
async function forgetUploads({ db, now }: Writer): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS)
  const old = await db.selectFrom('uploads').select('id').where('at', '<', before).where(unused).forUpdate().execute()
  if (old.length === 0) return 0
  const ids = old.map(({ id }) => id)
  return (await db.deleteFrom('uploads').where('id', 'in', ids).where(unused).returning('id').execute()).length
}

/** Now, and every hour until the companion stops. */
export async function keepUploadsFew(companion: Companion): Promise<void> {
  const { store, clock, log, stopping } = companion
  try {
    const uploads = await store.write(forgetUploads)
    if (uploads > 0) log.info({ uploads }, 'greetings that nobody uses were deleted')
  } catch (error) {
    log.warn(withoutData(error), 'unused greetings could not be deleted')
  }
  if (stopping.aborted) return
  const cancel = clock.at(new Date(clock.now().getTime() + EVERY_MS), () => void keepUploadsFew(companion))
  stopping.addEventListener('abort', cancel, { once: true })
}
