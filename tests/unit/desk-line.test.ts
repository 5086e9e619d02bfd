import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Cache } from '../../background/cache.ts'
import type { Input } from '../../background/inputs.ts'
import { createLine, type Line } from '../../background/line.ts'
import { id } from './desk-samples.ts'

/** A companion that takes the socket and may fall silent without closing it, as a network that went away does. */
let deaf = false
class Socket extends EventTarget {
  static OPEN = 1
  readyState = 1
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  constructor() {
    super()
    queueMicrotask(() => this.onopen?.())
  }
  send(text: string) {
    if (JSON.parse(text).type !== 'ping' || deaf) return
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify({ type: 'pong', upTo: 1, now: new Date().toISOString() }) }))
  }
  close() {}
}

let ringing = false
let sessionId = id(40)
let token: string | null = 'token'
let finishResume = () => {}
let resumes = 0
let line: Line
const inputs: Input[] = []
const lost = () => inputs.filter(({ type }) => type === 'line-lost').length

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Socket)
  vi.stubGlobal('fetch', async () => Response.json({ ticket: 'x'.repeat(43), expiresAt: '2026-11-22T08:01:00.000Z' }))
  deaf = false
  ringing = false
  sessionId = id(40)
  token = 'token'
  resumes = 0
  inputs.length = 0
  line = createLine({
    session: () => ({ address: 'https://calls.example', sessionId, userId: id(1), token }),
    facts: () => ({ microphone: 'granted', voice: 'ready' }),
    ringing: () => ringing,
    resume: () =>
      new Promise((resolve) => {
        resumes++
        finishResume = () => resolve({ sessionId: id(40), token: 'token' })
      }),
    dispatch: (input) => void inputs.push(input),
    cache: { upTo: async () => 1 } as unknown as Cache,
    version: '1',
    browserId: async () => id(41),
    onFailure: () => undefined,
  })
  line.open()
  await vi.advanceTimersByTimeAsync(100)
})
afterEach(() => {
  line.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('while it rings, a network that went away is known within four seconds', async () => {
  ringing = true
  await vi.advanceTimersByTimeAsync(20_000)
  expect(lost()).toBe(0)
  deaf = true
  await vi.advanceTimersByTimeAsync(4000)
  expect(lost()).toBe(1)
})

test('while nothing rings, there is time', async () => {
  deaf = true
  await vi.advanceTimersByTimeAsync(15_000)
  expect(lost()).toBe(0)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(lost()).toBe(1)
})

test.each([
  ['is repeated with a fresh token', id(40), 2],
  ['is not repeated in the session of somebody who signed in meanwhile', id(42), 1],
])('what a session that had run out could not say %s', async (_, after, times) => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string | URL) => {
    asked.push(String(url))
    sessionId = after
    return Response.json({ error: { code: 'signed_out', words: 'x', remedy: 'x' } }, { status: 401 })
  })
  const said = line.call('readThread', { path: { threadId: id(20) }, body: null })
  const refused = expect(said).rejects.toMatchObject({ code: 'signed_out' })
  await vi.advanceTimersByTimeAsync(0)
  finishResume()
  await refused
  expect([asked.length, resumes]).toEqual([times, times - 1])
})

test('what waited for a token is not said in the session of somebody who signed in meanwhile', async () => {
  const asked = vi.fn()
  vi.stubGlobal('fetch', asked)
  token = null
  const said = expect(line.call('readThread', { path: { threadId: id(20) }, body: null })).rejects.toMatchObject({ code: 'signed_out' })
  await vi.advanceTimersByTimeAsync(0)
  sessionId = id(42)
  token = 'his'
  finishResume()
  await said
  expect(asked).not.toHaveBeenCalled()
})
