import { expect, test } from 'vitest'
import { type AlertParts, createAlerts } from '../../background/alerts.ts'
import type { Input } from '../../background/inputs.ts'
import { view } from '../../background/view.ts'
import { call, happened, iso, offered, open, play, thread } from './desk-samples.ts'

function setUp(kept: string[] = []) {
  const acts: string[] = []
  const parts: AlertParts = {
    words: (key, ...values) => [key, ...values].join(' '),
    setBadge: ({ text }) => acts.push(`badge ${text}`),
    setTitle: () => undefined,
    create: ({ id, title }) => acts.push(`create ${id}: ${title}`),
    update: ({ id, title }) => acts.push(`update ${id}: ${title}`),
    clear: (id) => acts.push(`clear ${id}`),
    shown: async () => kept,
    keepShown: () => undefined,
  }
  return { acts, alerts: createAlerts(parts) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const { id, from } = call()
const ring = [...open, offered()]
const quiet = play(open).state
const ringing = play(ring).state
const named = play([...ring, { type: 'contact-matched', number: from, contact: { name: 'Ewa Nowak', number: from } }]).state

test('a ring is shown once, takes the name when it is found, and goes when it is over', async () => {
  const { acts, alerts } = setUp()
  await turn()
  for (const state of [ringing, { ...ringing }, named, quiet]) alerts.show(view(state))
  expect(acts).toEqual([
    'badge ☎',
    `create call ${id}: notify_call_title ${from}`,
    `update call ${id}: notify_call_title Ewa Nowak`,
    'badge ',
    `clear call ${id}`,
  ])
})

test('after a night of missed calls the newest five are shown, and of the others only what is news', async () => {
  const { acts, alerts } = setUp()
  await turn()
  const miss = (n: number, minute: number) =>
    happened({ type: 'notification-added', notification: { id: `n${n}`, kind: 'missed-call', thread, at: iso(minute * 60) } })
  const read = (n: number): Input => ({ type: 'notification-cleared', notificationId: `n${n}` })
  const night = Array.from({ length: 120 }, (_, n) => miss(n, n))
  alerts.show(view(play([...open, ...night]).state))
  expect(acts.map((act) => act.split(':')[0])).toEqual(['badge 99+', ...[119, 118, 117, 116, 115].map((n) => `create missed n${n}`)])
  acts.length = 0
  const morning = [...open, ...night, read(119)]
  alerts.show(view(play(morning).state))
  expect(acts).toEqual(['clear missed n119'])
  // An old one that had no place in the list comes into it.
  alerts.show(view(play([...morning, miss(200, -5)]).state))
  expect(acts).toEqual(['clear missed n119'])
  alerts.show(view(play([...morning, miss(200, -5), miss(300, 121)]).state))
  expect(acts.slice(1)).toEqual([expect.stringContaining('create missed n300')])
})

test('what a person closed before the worker stopped does not come back', async () => {
  const { acts, alerts } = setUp([`call ${id}`])
  await turn()
  alerts.show(view(named))
  expect(acts).toEqual(['badge ☎'])
})
