/** Recordings and uploaded greetings: bytes that come slowly, and bytes that nobody wants any more. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../companion/config.ts'
import { createRestProvider } from '../../companion/twilio/rest.ts'
import { environment, startTestCompanion } from '../kit/companion.ts'
import { until } from '../kit/process.ts'

describe('a recording from Twilio', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  async function setUp() {
    const asked: ServerResponse[] = []
    const server = createServer((_request, response) => asked.push(response)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = createRestProvider(readConfig({ ...environment, TWILIO_API_URL: url }).twilio)
    // Time passes for whoever set a timer or asked for a signal, and for nobody else.
    const signals: AbortController[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const controller = new AbortController()
      signals.push(controller)
      return controller.signal
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const pass = (ms: number) => {
      vi.advanceTimersByTime(ms)
      for (const signal of signals) signal.abort()
    }
    const request = async () => {
      while (asked.length === 0) await new Promise(setImmediate)
      return asked[0] as ServerResponse
    }
    return { provider, pass, request, close: () => server.closeAllConnections() }
  }

  test('is heard whole over a line that takes minutes', async () => {
    const { provider, pass, request, close } = await setUp()
    const fetching = provider.fetchRecording('RE1')
    const response = await request()
    response.writeHead(200, { 'content-type': 'audio/x-wav' }).write('first ')
    const { body } = await fetching
    pass(120_000)
    response.end('second')
    expect(await new Response(body).text()).toBe('first second')
    close()
  })

  test('is given up where nothing comes at all', async () => {
    const { provider, pass, request, close } = await setUp()
    const fetching = provider.fetchRecording('RE1')
    await request()
    pass(10_000)
    await expect(fetching).rejects.toMatchObject({ code: 'voice_provider_failed' })
    close()
  })
})

test('an uploaded greeting that no channel and no draft uses is deleted after a day', async () => {
  const companion = await startTestCompanion()
  if (!companion) throw new Error('no companion')
  const { store, clock } = companion
  const HOUR = 3600 * 1000
  const upload = (hoursAgo: number) =>
    store.write(async ({ db, now }) => {
      const id = randomUUID()
      const at = new Date(now.getTime() - hoursAgo * HOUR)
      await db
        .insertInto('uploads')
        .values({ id, wav: Buffer.from('x'), seconds: 1, by_user: null, at })
        .execute()
      return id
    })
  const [used, drafted, finished, unused, young] = await Promise.all([upload(30), upload(30), upload(30), upload(30), upload(2)])
  const channelId = await companion.addChannel()
  const userId = await companion.addUser({ role: 'admin' })
  await store.write(async ({ db, now }) => {
    const { greetings } = await db.selectFrom('channels').select('greetings').where('id', '=', channelId).executeTakeFirstOrThrow()
    const withUpload = (uploadId: string) => ({ ...greetings, inHours: { ...greetings.inHours, uploadId } })
    await db
      .updateTable('channels')
      .set({ greetings: withUpload(used) })
      .where('id', '=', channelId)
      .execute()
    const draft = { started_by: userId, step: 'routing' as const, updated_at: now }
    const settings = (uploadId: string) => ({ greetings: withUpload(uploadId) }) as never
    await db
      .insertInto('drafts')
      .values([
        { ...draft, id: randomUUID(), settings: settings(drafted), channel_id: null },
        { ...draft, id: randomUUID(), settings: settings(finished), channel_id: channelId },
      ])
      .execute()
  })
  const kept = async () => (await store.db.selectFrom('uploads').select('id').execute()).map(({ id }) => id).sort()
  await clock.advance(HOUR)
  await until(async () => (await kept()).length === 3)
  expect(await kept()).toEqual([used, drafted, young].sort())
  expect(await kept()).not.toContain(unused)
  for (let hours = 0; hours < 24; hours += 1) await clock.advance(HOUR)
  await until(async () => (await kept()).length === 2)
  await companion.close()
})
