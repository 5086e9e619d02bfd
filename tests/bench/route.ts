/** How quickly the router decides (CH8, RO1): channels of 100 among 10 000 users, with a year of special days, without the database. */
import { type RoutedUser, route } from '../../companion/routing/route.ts'

const USERS = 10_000
const CHANNEL = 100
const WARM_UP = 2000
const DECISIONS = 20_000
const HOUR_MS = 3_600_000

const statuses = ['ready', 'ready', 'ready', 'busy', 'away', 'offline', 'blocked', 'wrapping-up'] as const

function makeUsers(): RoutedUser[] {
  return Array.from({ length: USERS }, (_, index): RoutedUser => {
    const status = statuses[(index * 7) % statuses.length] ?? 'ready'
    return {
      id: `user-${String((index * 7919) % USERS).padStart(5, '0')}`,
      name: `User ${index}`,
      status,
      reason: status === 'blocked' ? 'no-seat' : null,
      joinedAt: new Date(Date.UTC(2026, 0, 1) + ((index * 104_729) % USERS) * 1000),
    }
  })
}

const channel = {
  enabled: true,
  timeZone: 'Europe/Warsaw',
  ranges: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, fromMinute: 540, untilMinute: 720 },
    { weekday, fromMinute: 780, untilMinute: 1020 },
  ]),
  specialDays: Array.from({ length: 366 }, (_, index) => ({
    day: new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10),
    name: 'A day',
    ranges: [{ fromMinute: 600, untilMinute: 1500 }],
  })),
}

/** `p99_ms` is of one decision, and holds picking the channel's users out of all. */
export async function run() {
  const users = makeUsers()
  const byId = new Map(users.map((user) => [user.id, user]))
  const ids = users.map((user) => user.id)
  const decide = (turn: number) => {
    const members = Array.from({ length: CHANNEL }, (_, place) => byId.get(ids[(turn * CHANNEL + place * 97) % USERS] ?? '')).filter(
      (user) => user !== undefined,
    )
    return route({ channel, now: new Date(Date.UTC(2026, 10, 23) + (turn % 168) * HOUR_MS), users: members })
  }
  for (let turn = 0; turn < WARM_UP; turn++) decide(turn)
  const times: number[] = []
  const begun = performance.now()
  for (let turn = 0; turn < DECISIONS; turn++) {
    const start = performance.now()
    decide(turn)
    times.push(performance.now() - start)
  }
  const seconds = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  return {
    bench: 'route',
    users: USERS,
    decisions_per_s: Math.round(DECISIONS / seconds),
    p99_ms: Number((times[Math.floor(DECISIONS * 0.99)] ?? 0).toFixed(4)),
  }
}

export const table = ({ users, decisions_per_s, p99_ms }: Record<string, unknown>) =>
  `Among ${users} users: ${decisions_per_s} decisions a second, p99 ${p99_ms} ms (at most 5).`
