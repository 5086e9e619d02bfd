import type { LedgerVerdict, MissedReason, SkipReason, Status, StatusReason } from '../../utils/protocol/index.ts'
import { RING_LIMIT } from '../../utils/protocol/limits.ts'
import { isOpen, type WorkingHours } from './hours.ts'

export type GreetingName = 'inHours' | 'afterHours' | 'closed'

export interface RoutedUser {
  id: string
  name: string
  status: Status
  reason: StatusReason | null
  /** Since when they belong to the channel or the company; the longest serving ring first where there are too many. */
  joinedAt: Date
}

export interface RouteInput {
  channel: WorkingHours & { enabled: boolean }
  now: Date
  users: readonly RoutedUser[]
  limit?: number
}

export interface RouteLine {
  userId: string
  verdict: Extract<LedgerVerdict, 'ringing' | 'skipped'>
  /** Set where the verdict is `skipped`. */
  reason: SkipReason | null
}

export interface RouteAnswer {
  outcome: 'ring' | 'voicemail' | 'closed'
  /** What the caller will hear where nobody answers. */
  greeting: GreetingName
  /** Why nobody is rung; null where somebody is. */
  missedReason: MissedReason | null
  ring: string[]
  /** One line for each user, with a reason for each who is not rung (RO5). */
  ledger: RouteLine[]
}

/** What to do with a call that arrives now (RO1, RO3, MA3). Pure: the same answer serves the caller and "Who would ring?". */
export function route({ channel, now, users, limit = RING_LIMIT }: RouteInput): RouteAnswer {
  const skipAll = (reason: SkipReason) => users.map((user) => skipped(user, reason))
  if (!channel.enabled) {
    return { outcome: 'closed', greeting: 'closed', missedReason: 'disabled', ring: [], ledger: skipAll('channel-disabled') }
  }
  if (!isOpen(channel, now)) {
    return { outcome: 'voicemail', greeting: 'afterHours', missedReason: 'after-hours', ring: [], ledger: skipAll('after-hours') }
  }
  const ready = users.filter((user) => user.status === 'ready').sort(byService)
  const ring = ready.slice(0, limit).map((user) => user.id)
  const rung = new Set(ring)
  const ledger = users.map((user): RouteLine => {
    if (rung.has(user.id)) return { userId: user.id, verdict: 'ringing', reason: null }
    return skipped(user, skipReason(user))
  })
  if (ring.length === 0) return { outcome: 'voicemail', greeting: 'inHours', missedReason: 'nobody-reachable', ring, ledger }
  return { outcome: 'ring', greeting: 'inHours', missedReason: null, ring, ledger }
}

const skipped = (user: RoutedUser, reason: SkipReason): RouteLine => ({ userId: user.id, verdict: 'skipped', reason })

function skipReason(user: RoutedUser): SkipReason {
  if (user.status === 'ready') return 'over-the-limit'
  if (user.status === 'blocked') return user.reason ?? 'voice-not-running'
  return user.status
}

function byService(a: RoutedUser, b: RoutedUser): number {
  return a.joinedAt.getTime() - b.joinedAt.getTime() || (a.id < b.id ? -1 : 1)
}
