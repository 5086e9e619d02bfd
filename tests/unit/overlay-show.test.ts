import { expect, test } from 'vitest'
import { type DoorFacts, showFor } from '../../background/door-show.ts'
import type { Snapshot } from '../../utils/messages.ts'
import { noticed, panelled, ready, signedOut } from '../e2e/overlay-stage/snapshots.ts'

const door: DoorFacts = { nonce: 'n', ready: false, height: 210, hidden: false, places: { tab: null, pilot: null } }
const words = (key: string) => `<${key}>`
const show = (snapshot: Snapshot, facts = door) => showFor(snapshot, facts, words)

const call = { id: 'c', from: '+48585550101' } as unknown as Snapshot['offers'][number]['call']
const contact = { name: 'Anna Kowalska', company: 'Baltic Freight', number: '+48585550101' }
const ringing: Snapshot = { ...ready, offers: [{ call, contact }] }
const current = { call, contact, phase: 'live' as const, muted: false, hungUp: false, liveSince: null, failure: null }

test.each([
  ['signed out', signedOut, 'offline', null],
  ['ready', ready, 'ready', null],
  ['the line is lost', { ...ready, line: { ...ready.line, state: 'lost' as const } }, 'offline', null],
  ['wrapping up', { ...ready, me: ready.me && { ...ready.me, status: 'wrapping-up' as const } }, 'busy', null],
  ['it rings', ringing, 'ringing', 'pilot'],
  ['in a call', { ...ready, call: current }, 'busy', 'pilot'],
  ['a call whose line was lost', { ...ready, call: current, line: { ...ready.line, state: 'lost' as const } }, 'busy', 'pilot'],
  ['a call that ended', { ...ready, call: { ...current, phase: 'ended' as const } }, 'ready', 'pilot'],
  ['something to say', noticed, 'ready', 'pilot'],
  ['notes are open', panelled, 'ready', 'panel'],
] as [string, Snapshot, string, string | null][])('%s', (_, snapshot, tab, frame) => {
  const shown = show(snapshot)
  expect(shown.tab).toBe(tab)
  expect(shown.label).toBe(`<tab_${tab}>`)
  expect(shown.frame?.size ?? null).toBe(frame)
})

test('a tab that is hidden here stays hidden, and the pilot rises all the same', () => {
  const shown = show(ringing, { ...door, hidden: true })
  expect(shown.tab).toBe('hidden')
  expect(shown.frame).toEqual({ size: 'pilot', nonce: 'n', height: 210, ready: false })
})

test('what the page’s own script could overhear names nobody', () => {
  const everything: Snapshot = {
    ...panelled,
    offers: ringing.offers,
    call: current,
    notice: { id: 'n', kind: 'taken', by: { id: 'u', name: 'Borys Lis' }, at: '' },
  }
  expect(JSON.stringify(show(everything))).not.toMatch(/Anna|Baltic|48585550101|Borys|Alicja/)
})
