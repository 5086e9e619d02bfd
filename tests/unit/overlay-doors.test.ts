/** The desk's side of the doors, with ports that a test holds in its hand. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { DoorKeep } from '../../background/door-keep.ts'
import { createDoors, type DoorPort, type Doors } from '../../background/doors.ts'
import type { FromDoor, Snapshot, ToDoor } from '../../utils/messages.ts'
import type { Contact } from '../../utils/protocol/index.ts'
import { noticed, ready } from '../e2e/overlay-stage/snapshots.ts'

const anna: Contact = { name: 'Anna Kowalska', number: '+48585550101', url: 'https://crm.example/contacts/1' }
const iframe = (nonce: string, tabId = 7, documentId = 'd1') => ({
  url: `chrome-extension://guid/pilot.html?nonce=${nonce}`,
  tab: { id: tabId },
  frameId: 3,
  documentId,
})

let doors: Doors
let allowed: boolean
let kept: Awaited<ReturnType<DoorKeep['load']>>
let seen: [site: string, ...Contact[]][]
let failed: number[]

function start(): void {
  seen = []
  failed = []
  doors = createDoors({
    keep: {
      load: async () => structuredClone(kept),
      keepNonces: (nonces) => {
        kept.nonces = structuredClone(nonces)
      },
      keepArrangement: (arrangement) => {
        kept.arrangement = arrangement
      },
    },
    words: (key) => key,
    allows: async () => allowed,
    pressed: () => {},
    seen: (contacts, site) => seen.push([site, ...contacts]),
    frameFailed: (tabId) => failed.push(tabId),
  })
}

beforeEach(() => {
  allowed = true
  kept = { nonces: {}, arrangement: { places: { tab: null, pilot: null }, hiddenOn: [] } }
  start()
})

function port(name: string, sender: DoorPort['sender']) {
  const told: ToDoor[] = []
  let hear: (message: unknown) => void = () => {}
  let gone = () => {}
  const disconnect = vi.fn()
  const made: DoorPort = {
    name,
    sender,
    postMessage: (message) => told.push(message as ToDoor),
    disconnect,
    onMessage: { addListener: (listener) => (hear = listener) },
    onDisconnect: { addListener: (listener) => (gone = listener) },
  }
  doors.connect(made)
  return {
    told,
    disconnect,
    say: (message: unknown) => hear(message),
    leave: () => gone(),
    shown: () => told.findLast((each) => each.type === 'show'),
  }
}

async function openDoor(options: { tabId?: number; url?: string; mounted?: string | null; finds?: boolean } = {}) {
  const door = port('door', { url: options.url ?? 'https://crm.example/contacts', tab: { id: options.tabId ?? 7 }, frameId: 0 })
  door.say({ type: 'mounted', nonce: options.mounted ?? null, finds: options.finds ?? false } satisfies FromDoor)
  await settled()
  return door
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const show = (snapshot: Snapshot) => doors.show(snapshot)
const nonceOf = (door: Awaited<ReturnType<typeof openDoor>>) => door.shown()?.frame?.nonce ?? ''

test('a door is told what to show once it has said what is mounted, and only when that changes', async () => {
  show(ready)
  const door = await openDoor()
  expect(door.told).toMatchObject([{ type: 'show', tab: 'ready', frame: null }])
  show({ ...ready })
  expect(door.told.length).toBe(1)
})

test('a page on a site that is not allowed, a page without a tab, and a frame get nothing', async () => {
  show(noticed)
  allowed = false
  expect((await openDoor()).told).toEqual([{ type: 'close' }])
  allowed = true
  const inner = port('door', { url: 'https://crm.example/', tab: { id: 7 }, frameId: 2 })
  expect(inner.disconnect).toHaveBeenCalled()
})

test('only the first document with the nonce of this tab is served; a second, a stranger’s and a guess are not', async () => {
  show(noticed)
  const door = await openDoor()
  const nonce = nonceOf(door)
  expect(await doors.admits(iframe(nonce, 8))).toBe(false)
  expect(await doors.admits(iframe('guess'))).toBe(false)
  expect(await doors.admits(iframe('__proto__'))).toBe(false)
  expect(await doors.admits({ url: 'chrome-extension://guid/pilot.html', tab: { id: 7 }, frameId: 3 })).toBe(false)
  expect(await doors.admits(iframe(nonce))).toBe(true)
  expect(await doors.admits(iframe(nonce))).toBe(true)
  expect(await doors.admits(iframe(nonce, 7, 'd2'))).toBe(false)
})

test('the pilot in a tab or window of its own is not served, also not with the nonce', async () => {
  show(noticed)
  const nonce = nonceOf(await openDoor())
  expect(await doors.admits({ url: 'chrome-extension://guid/pilot.html', tab: { id: 7 }, frameId: 0 })).toBe(false)
  expect(await doors.admits({ ...iframe(nonce), frameId: 0 })).toBe(false)
  expect(await doors.admits(undefined)).toBe(false)
  expect(await doors.admits(iframe(nonce))).toBe(true)
})

test('the iframe’s first word makes it ready; a frame that is not ours is cut off', async () => {
  show(noticed)
  const door = await openDoor()
  const frame = port('frame', iframe(nonceOf(door)))
  const copy = port('frame', iframe(nonceOf(door), 7, 'd2'))
  frame.say({ type: 'fit', height: 312 })
  copy.say({ type: 'fit', height: 900 })
  await settled()
  expect(door.shown()?.frame).toMatchObject({ ready: true, height: 312 })
  expect(copy.disconnect).toHaveBeenCalled()
})

test('a nonce dies with the need for it, and with the mount that the page threw out', async () => {
  show(noticed)
  const door = await openDoor()
  const first = nonceOf(door)
  door.say({ type: 'mounted', nonce: null, finds: false })
  await settled()
  const second = nonceOf(door)
  expect(second).not.toBe(first)
  expect(await doors.admits(iframe(first))).toBe(false)
  show(ready)
  expect(await doors.admits(iframe(second))).toBe(false)
})

test('a desk that comes back from a stop keeps the iframe that is up', async () => {
  show(noticed)
  const nonce = nonceOf(await openDoor())
  expect(await doors.admits(iframe(nonce))).toBe(true)
  start()
  show(noticed)
  const door = await openDoor({ mounted: nonce })
  expect(door.shown()?.frame).toMatchObject({ nonce, ready: true })
  expect(await doors.admits(iframe(nonce))).toBe(true)
})

test('a door that claims another tab’s nonce gets one of its own', async () => {
  show(noticed)
  const nonce = nonceOf(await openDoor({ tabId: 7 }))
  const other = await openDoor({ tabId: 8, mounted: nonce })
  expect(nonceOf(other)).not.toBe(nonce)
})

test('after a reload the old page’s goodbye, heard late, does not take the new page’s nonce', async () => {
  show(noticed)
  const old = await openDoor()
  const door = await openDoor()
  old.leave()
  expect(await doors.admits(iframe(nonceOf(door)))).toBe(true)
})

test('what a page lists reaches the cache as that site’s word, without addresses elsewhere; what is no contact does not', async () => {
  const door = await openDoor()
  door.say({ type: 'seen', open: anna, contacts: [{ ...anna, url: 'https://evil.example/' }] })
  door.say({ type: 'seen', open: { name: 'X', number: 'not a number' }, contacts: [] })
  door.say({ type: 'seen', open: null, contacts: Array.from({ length: 201 }, () => anna) })
  door.say('nonsense')
  await settled()
  expect(seen).toEqual([['https://crm.example', anna, { ...anna, url: 'https://crm.example/' }]])
})

test('letters that cannot be seen or that turn the reading order are no part of a name; without them nothing may be left', async () => {
  const door = await openDoor()
  const named = (name: string, company?: string) => ({ name, number: anna.number, ...(company && { company }) })
  const contacts = [
    named('\u202eabuK annA', 'Bank\u0000\n  Polski'),
    named('Zo\u0308e O\u2019Neil \u{1f468}\u200d\u{1f4bb}'),
    named('\u2066\u200b'),
  ]
  door.say({ type: 'seen', open: null, contacts })
  await settled()
  expect(seen[0]?.slice(1)).toEqual([
    { ...named('abuK annA', 'Bank Polski'), url: 'https://crm.example/' },
    { ...named('Zo\u0308e O\u2019Neil \u{1f468}\u200d\u{1f4bb}'), url: 'https://crm.example/' },
  ])
})

test('a page that never stops talking is not heard any more', async () => {
  const door = await openDoor()
  for (let time = 0; time < 500; time++) door.say({ type: 'frame-failed', tries: 3 })
  await settled()
  expect(failed.length).toBeLessThan(60)
})

test('the first CRM that knows the number wins; an answer about another number is none', async () => {
  const knows = await openDoor({ tabId: 7, finds: true })
  const lies = await openDoor({ tabId: 8, finds: true })
  const silent = await openDoor({ tabId: 9 })
  const found = doors.find(anna.number)
  const asked = knows.told.find((each) => each.type === 'find')
  expect(silent.told.some((each) => each.type === 'find')).toBe(false)
  lies.say({ type: 'found', id: asked?.id, contact: { ...anna, number: '+15555550100' } })
  knows.say({ type: 'found', id: asked?.id, contact: anna })
  expect(await found).toEqual(anna)
})

test('nobody who knows: null at once when all said no, when nobody can be asked, and after 400 ms', async () => {
  expect(await doors.find(anna.number)).toBeNull()
  const door = await openDoor({ finds: true })
  const refused = doors.find(anna.number)
  door.say({ type: 'found', id: door.told.find((each) => each.type === 'find')?.id, contact: null })
  expect(await refused).toBeNull()
  const started = performance.now()
  expect(await doors.find(anna.number)).toBeNull()
  expect(performance.now() - started).toBeGreaterThan(350)
})

test('a place and a hidden tab are remembered, for every tab of the site', async () => {
  show(ready)
  const [one, two, elsewhere] = [
    await openDoor(),
    await openDoor({ tabId: 8 }),
    await openDoor({ tabId: 9, url: 'https://other.example/' }),
  ]
  one.say({ type: 'tab-moved', y: 0.25 })
  one.say({ type: 'hide-tab' })
  await settled()
  expect([one, two, elsewhere].map((door) => door.shown()?.tab)).toEqual(['hidden', 'hidden', 'ready'])
  expect(elsewhere.shown()?.places.tab).toBe(0.25)
  doors.unhide('https://crm.example')
  expect(two.shown()?.tab).toBe('ready')
})

test('as it rings every page is read, and no page is told the number but those whose CRM can look it up', async () => {
  const knows = await openDoor({ tabId: 7, finds: true })
  const plain = await openDoor({ tabId: 8 })
  doors.read()
  void doors.find(anna.number)
  expect([knows, plain].map((door) => door.told.filter(({ type }) => type === 'read').length)).toEqual([1, 1])
  expect(JSON.stringify(knows.told)).toContain(anna.number)
  expect(JSON.stringify(plain.told)).not.toContain(anna.number)
})
