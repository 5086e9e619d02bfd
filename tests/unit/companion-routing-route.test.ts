import { describe, expect, it } from 'vitest'
import { type RoutedUser, type RouteInput, route } from '../../companion/routing/route.ts'

const MONDAY_NOON = new Date('2026-11-23T11:00:00Z')
const channel = {
  enabled: true,
  timeZone: 'Europe/Warsaw',
  specialDays: [],
  ranges: [{ weekday: 1, fromMinute: 9 * 60, untilMinute: 17 * 60 }],
}
const user = (id: string, rest: Partial<RoutedUser> = {}): RoutedUser => ({
  id,
  name: id,
  status: 'ready',
  reason: null,
  joinedAt: new Date('2026-01-01T00:00:00Z'),
  ...rest,
})
const ask = (input: Partial<RouteInput>) => route({ channel, now: MONDAY_NOON, users: [], ...input })

describe('who rings', () => {
  it('rings every ready user and says of each other one why not', () => {
    const answer = ask({
      users: [
        user('anna'),
        user('away', { status: 'away' }),
        user('offline', { status: 'offline' }),
        user('busy', { status: 'busy' }),
        user('wrapping', { status: 'wrapping-up' }),
        user('deaf', { status: 'blocked', reason: 'microphone-refused' }),
        user('seatless', { status: 'blocked', reason: 'no-seat' }),
        user('bogdan'),
      ],
    })
    expect(answer.outcome).toBe('ring')
    expect(answer.missedReason).toBeNull()
    expect(answer.ring).toEqual(['anna', 'bogdan'])
    expect(Object.fromEntries(answer.ledger.map((line) => [line.userId, line.reason ?? line.verdict]))).toEqual({
      anna: 'ringing',
      away: 'away',
      offline: 'offline',
      busy: 'busy',
      wrapping: 'wrapping-up',
      deaf: 'microphone-refused',
      seatless: 'no-seat',
      bogdan: 'ringing',
    })
  })

  it('rings 100 at most: the 101st who joined is told that they are over the limit', () => {
    const joined = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, index))
    const users = Array.from({ length: 101 }, (_, index) => user(`user-${index}`, { joinedAt: joined(index) })).reverse()
    const answer = ask({ users })
    expect(answer.ring).toHaveLength(100)
    expect(answer.ring[0]).toBe('user-0')
    expect(answer.ledger).toHaveLength(101)
    expect(answer.ledger.filter((line) => line.verdict === 'skipped')).toEqual([
      { userId: 'user-100', verdict: 'skipped', reason: 'over-the-limit' },
    ])
  })

  it('does not count who cannot be rung towards the limit', () => {
    const users = [...Array.from({ length: 50 }, (_, index) => user(`away-${index}`, { status: 'away' })), user('anna')]
    expect(ask({ users, limit: 1 }).ring).toEqual(['anna'])
  })

  it('nobody can be reached: the voicemail of working hours at once', () => {
    const answer = ask({ users: [user('anna', { status: 'away' })] })
    expect(answer).toMatchObject({ outcome: 'voicemail', greeting: 'inHours', missedReason: 'nobody-reachable', ring: [] })
    expect(answer.ledger).toEqual([{ userId: 'anna', verdict: 'skipped', reason: 'away' }])
  })

  it('a channel without users too', () => {
    expect(ask({})).toMatchObject({ outcome: 'voicemail', missedReason: 'nobody-reachable', ledger: [] })
  })

  it('after hours: the other voicemail, and nobody rings however ready', () => {
    const answer = ask({ now: new Date('2026-11-23T16:00:00Z'), users: [user('anna')] })
    expect(answer).toMatchObject({ outcome: 'voicemail', greeting: 'afterHours', missedReason: 'after-hours', ring: [] })
    expect(answer.ledger).toEqual([{ userId: 'anna', verdict: 'skipped', reason: 'after-hours' }])
  })

  it('a holiday is after hours', () => {
    expect(
      ask({ channel: { ...channel, specialDays: [{ day: '2026-11-23', name: 'Holiday', ranges: [] }] }, users: [user('anna')] })
        .missedReason,
    ).toBe('after-hours')
  })

  it('a disabled channel is closed, also in working hours', () => {
    const answer = ask({ channel: { ...channel, enabled: false }, users: [user('anna')] })
    expect(answer).toMatchObject({ outcome: 'closed', greeting: 'closed', missedReason: 'disabled', ring: [] })
    expect(answer.ledger).toEqual([{ userId: 'anna', verdict: 'skipped', reason: 'channel-disabled' }])
  })
})
