/** P8: an update never interrupts a call, and is installed within a day. */
import { expect, test, vi } from 'vitest'
import type { State } from '../../background/state.ts'
import { createUpdates, mayInstall } from '../../background/updates.ts'
import { id, play, ways } from './desk-samples.ts'

vi.mock('../../utils/browser.ts', () => ({ browser: {} }))

const hours = (count: number) => count * 60 * 60_000
const stateOf = (way: string, change: Partial<State> = {}): State => ({ ...play(ways[way] ?? []).state, ...change })
const panel: State['panel'] = { threadId: id(20), thread: null, note: { noteId: id(30), text: 'half a', state: 'saving' }, failure: null }

test.each([
  ['signed out', stateOf('signed out'), 0, true],
  ['ready, nothing going on', stateOf('open'), 0, true],
  ['ringing', stateOf('ringing'), hours(23), false],
  ['claiming', stateOf('claiming'), hours(23), false],
  ['connecting', stateOf('connecting_sound'), hours(23), false],
  ['in a call', stateOf('live'), hours(23), false],
  ['in a call without the companion', stateOf('live', { line: stateOf('lost').line }), hours(23), false],
  ['hanging up', stateOf('ending'), hours(23), false],
  ['in a call in another browser', stateOf('elsewhere'), 0, true],
  ['a call just ended', stateOf('ended'), 0, false],
  ['a call ended and was never put away', stateOf('ended'), hours(13), true],
  ['notes are open', stateOf('open', { panel }), 0, false],
  ['notes were left open', stateOf('open', { panel }), hours(13), true],
  ['a greeting is heard', stateOf('open', { listening: { state: 'open', failure: null } }), 0, false],
])('%s', (_, state, waited, may) => {
  expect(mayInstall(state, waited)).toBe(may)
})

function setUp(before: number | null = null) {
  let available = () => {}
  const parts = {
    time: 1_000,
    now: () => parts.time,
    onAvailable: (listener: () => void) => {
      available = listener
    },
    install: vi.fn(),
    kept: async () => before,
    keep: vi.fn(),
  }
  return { parts, updates: createUpdates(parts), available: () => available() }
}

test('installed as soon as the call is over and put away', () => {
  const { parts, updates, available } = setUp()
  updates.at(stateOf('live'))
  available()
  for (const way of ['ending', 'ended']) updates.at(stateOf(way))
  expect(parts.install).not.toHaveBeenCalled()
  updates.at(stateOf('open'))
  expect(parts.install).toHaveBeenCalledOnce()
})

test('without an update nothing is restarted', () => {
  const { parts, updates } = setUp()
  for (const way of ['live', 'ended', 'open']) updates.at(stateOf(way))
  expect(parts.install).not.toHaveBeenCalled()
})

test('a worker that the update itself woke looks first whether a call goes on', () => {
  const { parts, updates, available } = setUp()
  available()
  expect(parts.install).not.toHaveBeenCalled()
  updates.at(stateOf('live'))
  expect(parts.install).not.toHaveBeenCalled()
})

test('a worker that was stopped meanwhile still knows that one waits, and since when', async () => {
  const { parts, updates } = setUp(1_000)
  parts.time = 1_000 + hours(13)
  updates.at(stateOf('ended'))
  await vi.waitFor(() => expect(parts.install).toHaveBeenCalled())
})

test('said again, it waits since the first time', () => {
  const { parts, updates, available } = setUp()
  updates.at(stateOf('ended'))
  available()
  parts.time += hours(13)
  available()
  expect(parts.keep).toHaveBeenLastCalledWith(1_000)
  expect(parts.install).toHaveBeenCalled()
})
