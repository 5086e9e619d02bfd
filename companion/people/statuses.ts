import { type DerivedStatus, deriveStatus } from '../routing/status.ts'
import type { Reader } from '../store/store.ts'

/** A browser that was not heard of for so long is gone; it pings every 20 s. */
export const GONE_MS = 45_000

/** The status of each of these users at this instant, derived from facts (AV3); users that do not exist have none. */
export async function statusesOf(db: Reader, userIds: readonly string[], now: Date): Promise<Map<string, DerivedStatus>> {
  if (userIds.length === 0) return new Map()
  const users = await db
    .selectFrom('users')
    .select(['id', 'wanted', 'seat', 'disabled_at', 'audio_failed_at'])
    .where('id', 'in', userIds)
    .execute()
  const browsers = await db
    .selectFrom('browsers')
    .select(['user_id', 'companion_id', 'microphone', 'voice', 'seen_at'])
    .where('user_id', 'in', userIds)
    .execute()
  const held = await db
    .selectFrom('calls')
    .select('claimed_by')
    .where('state', 'in', ['claimed', 'live'])
    .where('claimed_by', 'in', userIds)
    .execute()
  const holders = new Set(held.map((call) => call.claimed_by))
  const byUser = Map.groupBy(browsers, (browser) => browser.user_id)
  return new Map(
    users.map((user) => [
      user.id,
      deriveStatus({
        wanted: user.wanted,
        disabled: user.disabled_at !== null,
        seat: user.seat,
        audioFailed: user.audio_failed_at !== null,
        browsers: (byUser.get(user.id) ?? []).map(({ microphone, voice, companion_id, seen_at }) => ({
          microphone,
          voice,
          connected: companion_id !== null && now.getTime() - seen_at.getTime() < GONE_MS,
        })),
        holdsCall: holders.has(user.id),
        wrapUpUntil: null,
        now,
      }),
    ]),
  )
}
