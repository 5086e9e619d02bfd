import { expect, test } from 'vitest'
import * as router from '../../companion/routing/route.ts'
import { overTheLimit } from '../../components/admin/over-the-limit.ts'
import type { Person } from '../../utils/protocol/admin.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
/** The higher the number, the longer they serve; three joined on one day. */
const joinedAt = (n: number) => new Date(Date.parse('2026-01-01T08:00:00Z') - Math.max(0, n - 2) * 86_400_000)
const people = Array.from(
  { length: 120 },
  (_, n): Person => ({
    id: id(n),
    name: `Agent ${n}`,
    email: null,
    role: 'agent',
    seat: n % 20 !== 0,
    language: 'en',
    teamIds: [],
    disabled: n === 7,
    status: 'ready',
    reason: null,
    invited: false,
    joinedAt: joinedAt(n).toISOString(),
  }),
)

test('the picker names those whom the router would pass over, were all of them there', () => {
  const able = people.filter(({ seat, disabled }) => seat && !disabled)
  const answer = router.route({
    channel: { enabled: true, timeZone: 'UTC', ranges: [{ weekday: 7, fromMinute: 0, untilMinute: 1440 }], specialDays: [] },
    now: new Date('2026-11-22T12:00:00Z'),
    users: able.map((person, n) => ({
      id: person.id,
      name: person.name,
      status: 'ready',
      reason: null,
      joinedAt: joinedAt(people.indexOf(able[n] as Person)),
    })),
  })
  expect(answer.outcome).toBe('ring')
  const passedOver = answer.ledger.flatMap(({ userId, reason }) => (reason === 'over-the-limit' ? [userId] : []))
  expect(passedOver).toHaveLength(13)
  expect(overTheLimit(people, new Set(people.map((person) => person.id)))).toEqual(new Set(passedOver))
})

test('nobody is over it where few are chosen', () => {
  expect(overTheLimit(people, new Set(people.slice(0, 100).map((person) => person.id))).size).toBe(0)
})
