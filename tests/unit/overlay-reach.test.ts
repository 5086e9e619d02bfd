import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSites } from '../../background/sites.ts'

/** Tabs of an allowed site, and what was put into them. */
const world = vi.hoisted(() => ({ put: [] as number[], takesTheWake: new Set<number>(), loadsForEver: new Set<number>() }))
vi.mock('../../utils/browser.ts', () => {
  const event = { addListener: () => undefined }
  return {
    browser: {
      runtime: { getURL: () => 'chrome-extension://x/' },
      permissions: { getAll: async () => ({ origins: ['https://crm.example/*'] }), onAdded: event, onRemoved: event },
      scripting: {
        getRegisteredContentScripts: async () => [{ id: 'overlay https://crm.example' }],
        executeScript({ target }: { target: { tabId: number } }) {
          world.put.push(target.tabId)
          return world.loadsForEver.has(target.tabId) ? new Promise(() => undefined) : Promise.resolve()
        },
      },
      tabs: {
        query: async () => [{ id: 1 }, { id: 2 }, { id: 3, discarded: true }],
        async sendMessage(tabId: number) {
          if (!world.takesTheWake.has(tabId)) throw new Error('Could not establish connection. Receiving end does not exist.')
        },
      },
    },
  }
})

beforeEach(() => {
  vi.useFakeTimers()
  world.put.length = 0
  world.loadsForEver.clear()
})
afterEach(() => vi.useRealTimers())

test('after an update a tab whose former door took the wake gets a door all the same', async () => {
  world.takesTheWake = new Set([1])
  const doors = new Set<number>()
  await createSites({ removed: () => undefined, hasDoor: (id) => doors.has(id) }).sync()
  expect(world.put).toEqual([2])
  doors.add(2)
  await vi.advanceTimersByTimeAsync(1000)
  expect(world.put).toEqual([2, 1])
  doors.add(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(world.put).toEqual([2, 1])
})

test('a door that comes to life is left alone', async () => {
  world.takesTheWake = new Set([1, 2])
  await createSites({ removed: () => undefined, hasDoor: () => true }).sync()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(world.put).toEqual([])
})

test('a tab that loads for ever holds up neither the others nor the next site', async () => {
  world.takesTheWake = new Set([1])
  world.loadsForEver.add(2)
  const sites = createSites({ removed: () => undefined, hasDoor: (id) => id === 2 })
  const next = vi.fn()
  void sites.sync()
  void sites.sync().then(next)
  await vi.advanceTimersByTimeAsync(1000)
  expect(world.put).toEqual([2, 1])
  await vi.advanceTimersByTimeAsync(4000)
  expect(next).toHaveBeenCalled()
})
