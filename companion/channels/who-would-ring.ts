import { type RingPreview, RingsideError, type RouteBody } from '../../utils/protocol/index.ts'
import { knownContact } from '../calls/arrive.ts'
import { type RouteInput, type RouteLine, route } from '../routing/route.ts'
import { strip } from '../routing/strip.ts'
import type { Reader } from '../store/store.ts'
import { readChannel, readRoutedUsers } from './channel.ts'
import { channelUserIds } from './channel-users.ts'
import { findChannel } from './detail.ts'
import { hoursProblem, toWorkingHours } from './hours-rows.ts'

const STRIP_DAYS = 14

type Asked = RouteBody<'whoWouldRing'>

/**
 * What the router would do at that instant (CH8), by the function that routes calls: with the people as they are `now`, and with hours and people that
 * are not saved yet where given. Errors: not_found, bad_request {at}.
 */
export async function whoWouldRing(db: Reader, now: Date, asked: Asked): Promise<RingPreview> {
  const channel = await readRouted(db, asked)
  const users = await readRoutedUsers(db, await askedUserIds(db, asked), now)
  const at = new Date(asked.at)
  const answer = route({ channel, now: at, users })
  const names = new Map(users.map((user) => [user.id, user.name]))
  const place = new Map(answer.ring.map((id, index) => [id, index]))
  const order = ({ userId }: RouteLine) => place.get(userId) ?? Number.POSITIVE_INFINITY
  const byName = (a: RouteLine, b: RouteLine) => (names.get(a.userId) ?? '').localeCompare(names.get(b.userId) ?? '')
  const lines = answer.ledger.toSorted((a, b) => (order(a) === order(b) ? byName(a, b) : order(a) - order(b)))
  return {
    outcome: answer.outcome,
    greeting: answer.greeting,
    missedReason: answer.missedReason,
    lines: lines.map(({ userId, verdict, reason }) => ({ user: { id: userId, name: names.get(userId) ?? '' }, verdict, reason })),
    contact: await knownContact({ db }, asked.from),
    strip: strip(channel, at, STRIP_DAYS).map((day) => ({
      ...day,
      ranges: day.ranges.map(({ from, until }) => ({ from: from.toISOString(), until: until.toISOString() })),
    })),
  }
}

async function readRouted(db: Reader, { channelId, settings }: Asked): Promise<RouteInput['channel']> {
  if (channelId !== null) await findChannel(db, channelId)
  const saved = channelId === null ? undefined : await readChannel(db, channelId)
  if (!settings) {
    if (!saved) throw new RingsideError('bad_request', { at: 'channelId' })
    return saved
  }
  const problem = hoursProblem(settings.hours)
  if (problem) throw new RingsideError('bad_request', { at: `settings.hours.${problem.at}`, why: problem.why })
  return { enabled: saved?.enabled ?? true, ...toWorkingHours(settings.hours) }
}

async function askedUserIds(db: Reader, { channelId, settings }: Asked): Promise<string[]> {
  if (!settings) return channelId === null ? [] : channelUserIds(db, channelId)
  if (settings.teamIds.length === 0) return [...new Set(settings.userIds)]
  const members = await db.selectFrom('team_members').select('user_id').where('team_id', 'in', settings.teamIds).execute()
  return [...new Set([...settings.userIds, ...members.map((member) => member.user_id)])]
}
