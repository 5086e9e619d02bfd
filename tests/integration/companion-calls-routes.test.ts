/** The routes of calls as a browser meets them: refusals in words, the voice token, and what is left to somebody who was switched off (PE3). */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Provider } from '../../companion/twilio/provider.ts'
import type { RouteReply } from '../../utils/protocol/index.ts'
import { environment, startTestCompanion, type TestCompanion } from '../kit/companion.ts'
import { until } from '../kit/process.ts'
import { stopTestStores } from '../kit/store.ts'

let companion: TestCompanion
const asked: string[] = []
/** Every leg is still there. */
const provider = {
  listNumbers: async () => [],
  wireApplication: async () => false,
  listCalls: async () => [],
  listRecordings: async () => [],
  listConferenceParticipants: async () => ['CAcaller', 'CAagent'],
  fetchCall: async (sid: string) => ({
    sid,
    status: 'in-progress',
    direction: 'inbound',
    from: '',
    to: '',
    startedAt: null,
    endedAt: null,
  }),
  endCall: async (sid: string) => void asked.push(`end ${sid}`),
  redirectCall: async (sid: string, twiml: string) => {
    asked.push(`${twiml.includes('ringback') ? 'ring' : 'voicemail'} ${sid}`)
    return true
  },
} as unknown as Provider

beforeEach(async () => {
  asked.length = 0
  const started = await startTestCompanion('pglite', { provider })
  if (!started) throw new Error('no companion')
  companion = started
})
afterEach(() => companion.close())
afterAll(stopTestStores)

/** A call that rings for these users, or that the first of them talks to. */
async function addCall(channelId: string, users: string[], state: 'ringing' | 'live'): Promise<string> {
  const id = randomUUID()
  await companion.store.write(async ({ db, now }) => {
    const live = state === 'live' && { claimed_by: users[0] ?? null, live_at: now, agent_sid: 'CAagent', caller_in: true, agent_in: true }
    await db
      .insertInto('calls')
      .values({
        id,
        provider_sid: 'CAcaller',
        channel_id: channelId,
        direction: 'inbound',
        from_number: '+48500600700',
        to_number: '+14155550100',
        state,
        epoch: 3,
        ring_until: state === 'ringing' ? new Date(now.getTime() + 30_000) : null,
        arrived_at: now,
        checked_at: now,
        ...live,
      })
      .execute()
    const verdict = state === 'ringing' ? ('ringing' as const) : ('answered' as const)
    await db
      .insertInto('ledger')
      .values(users.map((user_id) => ({ call_id: id, user_id, epoch: 3, verdict, rang_at: now })))
      .execute()
  })
  return id
}

test('a command for an older ring is refused: 409 stale_epoch, in words', async () => {
  const channel = await companion.addChannel()
  const anna = await companion.signIn(await companion.addUser({ channels: [channel] }))
  await anna.openFeed()
  const callId = await addCall(channel, [anna.userId], 'ringing')
  const accept = await anna.ask('POST', '/api/accept', { callId, browserId: randomUUID(), epoch: 2, contact: null })
  const decline = await anna.ask('POST', `/api/calls/${callId}/decline`, { epoch: 2 })
  for (const { status, body } of [accept, decline]) {
    expect(status).toBe(409)
    expect(body).toEqual({ error: { code: 'stale_epoch', words: 'This call was offered again since.', remedy: 'Answer the newer ring.' } })
  }
})

test('so is a hang-up of an older claim', async () => {
  const channel = await companion.addChannel()
  const anna = await companion.signIn(await companion.addUser({ channels: [channel] }))
  const callId = await addCall(channel, [anna.userId], 'live')
  const { status, body } = await anna.ask('POST', `/api/calls/${callId}/hang-up`, { epoch: 2 })
  expect([status, body]).toMatchObject([409, { error: { code: 'stale_epoch' } }])
  expect(asked).toEqual([])
})

test('the voice token is this user’s, for an hour at most, and for nothing but our TwiML App', async () => {
  const anna = await companion.signIn(await companion.addUser())
  const before = Date.now()
  const { body } = await anna.ask('POST', '/api/voice-token', {})
  const { token, expiresAt } = body as RouteReply<'takeVoiceToken'>
  const [header, claims] = token.split('.').map((part, index) => (index < 2 ? JSON.parse(Buffer.from(part, 'base64url').toString()) : part))
  expect(header).toMatchObject({ alg: 'HS256', cty: 'twilio-fpa;v=1' })
  expect(claims.exp - claims.iat).toBeLessThanOrEqual(3600)
  expect(claims.exp * 1000).toBeLessThanOrEqual(before + 3_605_000)
  expect(Math.abs(Date.parse(expiresAt) - claims.exp * 1000)).toBeLessThan(5000)
  expect(claims).toMatchObject({ iss: environment.TWILIO_API_KEY, sub: environment.TWILIO_ACCOUNT_SID })
  expect(claims.grants).toEqual({
    identity: `user_${anna.userId.replaceAll('-', '')}`,
    voice: { incoming: { allow: true }, outgoing: { application_sid: environment.TWILIO_APPLICATION_SID } },
  })
})

describe('switching somebody off by the admin’s route', () => {
  test('ends their sessions, sockets and leg; the caller rings for the others and is not hung up on', async () => {
    const channel = await companion.addChannel()
    const admin = await companion.signIn(await companion.addUser({ name: 'Ada', role: 'admin' }))
    const anna = await companion.signIn(await companion.addUser({ channels: [channel] }))
    const bogdan = await companion.signIn(await companion.addUser({ name: 'Bogdan', channels: [channel] }))
    const [annas, second, bogdans] = [await anna.openFeed(), await anna.openFeed(), await bogdan.openFeed()]
    const callId = await addCall(channel, [anna.userId], 'live')

    expect((await admin.ask('POST', `/api/admin/people/${anna.userId}/disable`, {})).status).toBe(200)
    await Promise.all([annas.closed, second.closed])
    for (const feed of [annas, second]) expect(feed.frames.at(-1)).toMatchObject({ type: 'refused', error: { code: 'user_disabled' } })
    expect(await anna.ask('GET', '/api/threads')).toMatchObject({ status: 403, body: { error: { code: 'user_disabled' } } })
    expect((await anna.resume()).status).toBeGreaterThanOrEqual(401)
    expect(await bogdans.event('call-offered')).toMatchObject({ call: { id: callId, epoch: 4 } })
    await until(() => asked.length === 2)
    expect(asked).toEqual(['ring CAcaller', 'end CAagent'])
    expect((await bogdan.ask('GET', '/api/threads')).status).toBe(200)
  })
})
