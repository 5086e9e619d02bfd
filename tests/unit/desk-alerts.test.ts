import { expect, test } from 'vitest'
import { type AlertParts, createAlerts } from '../../background/alerts.ts'
import { view } from '../../background/view.ts'
import { call, offered, open, play } from './desk-samples.ts'

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

test('what a person closed before the worker stopped does not come back', async () => {
  const { acts, alerts } = setUp([`call ${id}`])
  await turn()
  alerts.show(view(named))
  expect(acts).toEqual(['badge ☎'])
})
