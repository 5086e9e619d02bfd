import { beforeEach, expect, test, vi } from 'vitest'
import type { FromVoice } from '../../utils/messages.ts'

const posted: FromVoice[] = []

vi.mock('../../utils/browser.ts', () => ({
  browser: {
    runtime: {
      id: 'ours',
      connect: () => ({
        postMessage: (message: FromVoice) => posted.push(message),
        onMessage: { addListener: () => undefined },
        onDisconnect: { addListener: () => undefined },
      }),
    },
  },
}))
vi.mock('../../entrypoints/voice/device.ts', () => ({
  createDevice: () => ({ state: () => ({ device: { state: 'none', failure: null }, wantsToken: false, call: null, listening: null }) }),
}))
vi.mock('../../entrypoints/voice/ear.ts', () => ({ installEar: () => () => undefined }))
vi.mock('../../entrypoints/voice/ringer.ts', () => ({ createRinger: () => ({ on: () => false }) }))

const { openVoice } = await import('../../entrypoints/voice/voice.ts')

beforeEach(() => {
  posted.length = 0
})

test('the voice page says nothing before it knows of the microphone: “unknown” would have it taken down again', async () => {
  let grant = (_: { state: string }) => {}
  vi.stubGlobal('navigator', {
    permissions: { query: () => new Promise((resolve) => (grant = resolve)) },
    mediaDevices: { enumerateDevices: async () => [{ kind: 'audioinput' }], addEventListener: () => undefined },
  })
  openVoice()
  expect(posted).toEqual([])
  grant({ state: 'granted' })
  await vi.waitFor(() => expect(posted.map(({ microphone }) => microphone)).toEqual(['granted']))
})

test('devices that cannot be listed are a missing microphone, not silence', async () => {
  vi.stubGlobal('navigator', {
    permissions: { query: async () => ({ state: 'granted' }) },
    mediaDevices: { enumerateDevices: () => Promise.reject(new Error('no')), addEventListener: () => undefined },
  })
  openVoice()
  await vi.waitFor(() => expect(posted.map(({ microphone }) => microphone)).toEqual(['missing']))
})
