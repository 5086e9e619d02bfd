/** Scripted callers and phones, driven over HTTP as a test of the whole system drives them. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hear } from '../../switchboard/media/measure.ts'
import { makeTone } from '../../switchboard/media/tone.ts'
import { readWav, writeWav } from '../../switchboard/media/wav.ts'
import { type FakeCall, openStage, PLAYED_HZ, type Stage } from './switchboard-lines-kit.ts'

const SOON = { timeout: 8000, interval: 30 }
const RUNG = { accountSid: 'AC1', from: '+48221234567', custom: {} }

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const ask = async <T = Record<string, string>>(method: string, path: string, body?: unknown): Promise<{ status: number; json: T }> => {
  const response = await fetch(`${stage.url}/control/callers${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return { status: response.status, json: (await response.json()) as T }
}
const dial = async (order: Record<string, unknown>): Promise<{ id: string; call: FakeCall }> => {
  const { status, json } = await ask('POST', '', { from: '+48600100200', to: '+48221234567', ...order })
  expect(status).toBe(201)
  return { id: json.id ?? '', call: stage.calls.at(-1) as FakeCall }
}
const look = async (id: string) => (await ask<Record<string, unknown> & { hearing: { hz: number } }>('GET', `/${id}`)).json

test('a caller speaks its tone, hears the other side, and gives both to whoever asks', async () => {
  const { id, call } = await dial({ say: { toneHz: 620 } })
  expect(call.facts).toEqual({ from: '+48600100200', to: '+48221234567' })
  expect((await look(id)).state).toBe('dialling')
  call.line.ringing()
  expect((await look(id)).state).toBe('ringing')
  // Nobody is heard before the answer.
  expect(hear(call.heard.cut()).hz).toBeNull()
  call.line.answered(call.callSid)
  await vi.waitFor(() => expect(hear(call.heard.cut(-200)).hz).toBeCloseTo(620, 0), SOON)
  await vi.waitFor(async () => expect(await look(id)).toMatchObject({ state: 'answered', callSid: call.callSid, seconds: 1 }), SOON)
  expect((await look(id)).hearing.hz).toBeCloseTo(PLAYED_HZ, -1)
  const windows = (await ask<{ atMs: number; hz: number }[]>('GET', `/${id}/heard?fromMs=400&toMs=900`)).json
  expect(windows.map(({ atMs }) => atMs)).toEqual([400, 500, 600, 700, 800])
  for (const { hz } of windows) expect(hz).toBeCloseTo(PLAYED_HZ, -1)
  const wav = await fetch(`${stage.url}/control/callers/${id}/heard.wav`)
  expect(hear(readWav(new Uint8Array(await wav.arrayBuffer()))).hz).toBeCloseTo(PLAYED_HZ, -1)
  call.line.ended({ status: 'completed' })
  expect(await look(id)).toMatchObject({ state: 'ended', end: { status: 'completed' }, hearing: null })
})

test('a voice file is played once, then the line is silent', async () => {
  const { call } = await dial({ say: { wavBase64: Buffer.from(writeWav(makeTone(900, 400))).toString('base64') } })
  call.line.answered(call.callSid)
  await vi.waitFor(() => expect(hear(call.heard.cut(-200)).hz).toBeCloseTo(900, 0), SOON)
  await vi.waitFor(() => expect(hear(call.heard.cut(-200)).hz).toBeNull(), SOON)
})

test('a script waits for the answer and a tone, presses keys, and hangs up', async () => {
  const { id, call } = await dial({
    script: [
      { do: 'wait-answered' },
      { do: 'wait-tone', hz: PLAYED_HZ },
      { do: 'press', digits: '12w#' },
      { do: 'say', say: { toneHz: 1000 }, loop: true },
      { do: 'hang-up', afterSeconds: 0.5 },
    ],
  })
  call.line.answered(call.callSid)
  await vi.waitFor(() => expect(call.digits).toBe('12#'), SOON)
  await vi.waitFor(() => expect(call.hungUp).toBe(true), SOON)
  expect(hear(call.heard.cut(-200)).hz).toBeCloseTo(1000, 0)
  expect(await look(id)).toMatchObject({ state: 'ended', end: { status: 'hung-up' } })
})

test('a tone that never comes ends the call, and the log says so', async () => {
  const { call } = await dial({ script: [{ do: 'wait-answered' }, { do: 'wait-tone', hz: 1234, seconds: 0.3 }] })
  call.line.answered(call.callSid)
  await vi.waitFor(() => expect(call.hungUp).toBe(true), SOON)
  expect(stage.log.join('\n')).toContain('no tone of 1234 Hz was heard')
})

test('keys and hang-up on command, and keys that the far end sends', async () => {
  const { id, call } = await dial({})
  call.line.answered(call.callSid)
  await ask('POST', `/${id}/digits`, { digits: '*9' })
  expect(call.digits).toBe('*9')
  call.line.sendDigits('42')
  expect((await look(id)).digitsHeard).toBe('42')
  await ask('POST', `/${id}/hang-up`)
  expect(call.hungUp).toBe(true)
})

test('a phone in the outside world is rung and answers, is busy, declines, or rings until the caller tires', async () => {
  const ring = (to: string) => stage.lines.finder.ring(to, { callSid: `CA${to}`, ...RUNG })
  await ask('PUT', `/phones/${encodeURIComponent('+48500000001')}`, { answer: 'answer', afterSeconds: 0.1, say: { toneHz: 800 } })
  await ask('PUT', `/phones/${encodeURIComponent('+48500000002')}`, { answer: 'busy' })
  await ask('PUT', `/phones/${encodeURIComponent('+48500000003')}`, { answer: 'reject', afterSeconds: 0.1 })
  await ask('PUT', `/phones/${encodeURIComponent('+48500000004')}`, { answer: 'no-answer' })
  const answered = await ring('+48500000001')?.outcome
  if (!answered || !('line' in answered)) throw new Error('nobody answered')
  const call = stage.begin({}, answered.line)
  await vi.waitFor(() => expect(hear(call.heard.cut(-200)).hz).toBeCloseTo(800, 0), SOON)
  const { callers } = (await ask<{ callers: Record<string, unknown>[] }>('GET', '')).json
  expect(callers.at(-1)).toMatchObject({
    direction: 'rung',
    to: '+48500000001',
    from: '+48221234567',
    callSid: 'CA+48500000001',
    state: 'answered',
  })
  expect(await ring('+48500000002')?.outcome).toEqual({ end: { status: 'busy' } })
  expect(await ring('+48500000003')?.outcome).toEqual({ end: { status: 'busy' } })
  const tired = ring('+48500000004')
  tired?.cancel()
  expect(await tired?.outcome).toEqual({ end: { status: 'canceled' } })
  expect(ring('not a number')).toBeUndefined()
})

test.each([
  ['a number that is none', { from: 'me', to: '+48221234567' }, 400, 'from'],
  ['an unknown step', { from: '+48600100200', to: '+48221234567', script: [{ do: 'dance' }] }, 400, 'script.0.do'],
  ['a voice that is no WAV', { from: '+48600100200', to: '+48221234567', say: { wavBase64: 'SUQz' } }, 400, 'not a WAV file'],
  ['a file that is not there', { from: '+48600100200', to: '+48221234567', say: { file: '/nowhere.wav' } }, 400, 'cannot be read'],
])('%s is refused in words', async (_name, order, status, words) => {
  const answer = await ask('POST', '', order)
  expect(answer.status).toBe(status)
  expect(answer.json.error).toContain(words)
  expect((await ask('GET', '/nobody')).status).toBe(404)
})
