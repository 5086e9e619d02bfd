import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { disableUser } from '../../companion/people/disable.ts'
import { PROTOCOL_VERSION } from '../../utils/protocol/index.ts'
import { type Client, ORIGIN, openSocket, startTestCompanion, type TestCompanion } from '../kit/companion.ts'

const key = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }
const code = (reply: { body: { error?: { code: string } } }) => reply.body.error?.code

let companion: TestCompanion
beforeAll(async () => {
  const started = await startTestCompanion()
  if (!started) throw new Error('no companion')
  companion = started
})
afterAll(() => companion.close())

describe('signing in', () => {
  test('a link works once', async () => {
    const link = await companion.makeSecret(await companion.addUser({ name: 'Ola' }))
    const first = await companion.ask('POST', '/api/sign-in', { body: { link, browser: 'Chrome', key } })
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({ user: { name: 'Ola', role: 'agent', seat: true } })
    const second = await companion.ask('POST', '/api/sign-in', { body: { link, browser: 'Chrome', key } })
    expect([second.status, code(second)]).toEqual([401, 'link_expired'])
  })

  test('of two that use a link at the same moment one gets in', async () => {
    const link = await companion.makeSecret(await companion.addUser())
    const both = await Promise.all([1, 2].map(() => companion.ask('POST', '/api/sign-in', { body: { link, browser: 'Chrome', key } })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('a link is of no use after a day, nor is one that never was', async () => {
    const link = await companion.makeSecret(await companion.addUser())
    await companion.store.db
      .updateTable('sign_in_links')
      .set({ expires_at: new Date(Date.now() - 1) })
      .where('used_at', 'is', null)
      .execute()
    for (const each of [link, 'x'.repeat(43)]) {
      const reply = await companion.ask('POST', '/api/sign-in', { body: { link: each, browser: 'Chrome', key } })
      expect([reply.status, code(reply)]).toEqual([401, 'link_expired'])
    }
  })

  test('no link and no token is stored as it is', async () => {
    const userId = await companion.addUser()
    const secret = await companion.makeSecret(userId)
    const { token } = await companion.signIn(userId)
    const stored = JSON.stringify([
      await companion.store.db.selectFrom('sign_in_links').selectAll().execute(),
      await companion.store.db.selectFrom('sessions').selectAll().execute(),
    ])
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(token)
  })

  test('signing out ends the session', async () => {
    const client = await companion.signIn(await companion.addUser())
    expect((await client.ask('POST', '/api/sign-out', {})).status).toBe(200)
    const after = await client.ask('GET', '/api/threads')
    expect([after.status, code(after)]).toEqual([401, 'signed_out'])
    expect((await client.resume()).status).toBe(401)
  })

  test('a user who is switched off is told so, and cannot come back', async () => {
    const userId = await companion.addUser()
    const client = await companion.signIn(userId)
    const link = await companion.makeSecret(userId)
    await companion.store.write((writer) => disableUser(writer, userId, async () => {}))
    expect(code(await client.ask('GET', '/api/threads'))).toBe('user_disabled')
    expect(code(await companion.ask('POST', '/api/sign-in', { body: { link, browser: 'x', key } }))).toBe('user_disabled')
    expect((await client.resume()).status).toBeGreaterThanOrEqual(401)
  })
})

describe('taking up a session after the browser restarted', () => {
  test('the browser’s key gives a new token, and the former one ends', async () => {
    const client = await companion.signIn(await companion.addUser())
    const former = client.token
    const resumed = await client.resume()
    expect(resumed.status).toBe(200)
    expect((await client.ask('GET', '/api/threads')).status).toBe(401)
    client.token = (resumed.body as { token: string }).token
    expect(client.token).not.toBe(former)
    expect((await client.ask('GET', '/api/threads')).status).toBe(200)
  })

  test('a heard request, an old one, and another key are refused', async () => {
    const client = await companion.signIn(await companion.addUser())
    const at = companion.clock.now()
    expect((await client.resume(at)).status).toBe(200)
    expect((await client.resume(at)).status).toBe(401)
    expect((await client.resume(new Date(at.getTime() - 1))).status).toBe(401)
    expect((await client.resume(new Date(at.getTime() + 130_000))).status).toBe(401)
    const other = await companion.signIn(await companion.addUser())
    const forged = await companion.ask('POST', '/api/resume', {
      body: { sessionId: client.sessionId, at: new Date(at.getTime() + 1000).toISOString(), signature: 'A'.repeat(86) },
    })
    expect(forged.status).toBe(401)
    expect((await other.resume()).status).toBe(200)
  })
})

describe('bad input', () => {
  test('another version is refused in words, by both numbers', async () => {
    for (const version of [String(PROTOCOL_VERSION + 1), '']) {
      const reply = await companion.ask('GET', '/api/threads', { headers: { 'ringside-protocol': version } })
      expect([reply.status, code(reply)]).toEqual([426, 'protocol_mismatch'])
      expect(reply.body).toMatchObject({
        error: { details: { companion: String(PROTOCOL_VERSION) }, remedy: 'Update the older of the two.' },
      })
    }
  })

  test('every code has its status', async () => {
    const client = await companion.signIn(await companion.addUser())
    const ask = async (method: string, path: string, body?: unknown) => {
      const reply = await client.ask(method, path, body)
      return `${reply.status} ${code(reply)}`
    }
    expect(await ask('PUT', '/api/me/wanted', '{"wanted":')).toBe('400 bad_request')
    expect(await ask('PUT', '/api/me/wanted', { wanted: 'yes' })).toBe('400 bad_request')
    expect(await ask('PUT', '/api/me/wanted')).toBe('400 bad_request')
    expect(await ask('GET', '/api/threads?limit=0')).toBe('400 bad_request')
    expect(await ask('GET', '/api/threads/1')).toBe('400 bad_request')
    expect(await ask('GET', `/api/threads/${randomUUID()}`)).toBe('404 not_found')
    expect(await ask('GET', `/api/calls/${randomUUID()}`)).toBe('404 unknown_call')
    expect(await ask('GET', '/api/nothing')).toBe('404 not_found')
    expect(
      await ask('PUT', `/api/threads/${randomUUID()}/notes/${randomUUID()}`, { text: 'x'.repeat(20_001), revision: 1, callId: null }),
    ).toBe('413 too_large')
    expect(await ask('PUT', '/api/me/wanted', { wanted: true, padding: 'x'.repeat(70_000) })).toBe('413 too_large')
  })

  test('no token, a wrong one, and somebody’s name in its place', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer short', `Bearer ${'x'.repeat(43)}`, 'Basic YTpi']) {
      const reply = await companion.ask('GET', '/api/threads', { headers: { authorization } })
      expect([reply.status, code(reply)]).toEqual([401, 'signed_out'])
    }
  })

  test('a lost database is store_failed, and says nothing of itself', async () => {
    const lost = await startTestCompanion()
    if (!lost) return
    const client = await lost.signIn(await lost.addUser())
    await lost.store.close()
    const reply = await client.ask('PUT', '/api/me/wanted', { wanted: true })
    expect([reply.status, code(reply)]).toEqual([503, 'store_failed'])
    expect(JSON.stringify(reply.body)).not.toMatch(/pglite|closed/i)
    expect((await lost.ask('GET', '/health')).status).toBe(503)
    await lost.app.close()
  })
})

describe('who may read our answers', () => {
  test('extensions, and no web page', async () => {
    const allowed = async (origin: string) =>
      (await companion.ask('OPTIONS', '/api/threads', { headers: { origin, 'access-control-request-method': 'GET' } })).headers.get(
        'access-control-allow-origin',
      )
    expect(await allowed(ORIGIN)).toBe(ORIGIN)
    expect(await allowed('moz-extension://1c2f0b5e-7d7f-4a0c-9f6e-0c6f6f6f6f6f')).toMatch(/^moz-extension/)
    for (const origin of ['https://evil.example', 'null', 'https://evil.example#chrome-extension://a'])
      expect(await allowed(origin)).toBeNull()
  })

  test('the sign-in page runs only its own script, and is in Polish for Poles', async () => {
    const page = await companion.ask('GET', '/sign-in', { headers: { 'accept-language': 'pl-PL,pl;q=0.9' } })
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*script-src 'sha256-[^']+';/)
    expect(page.body).toContain('lang="pl"')
    expect(page.body).toContain('Skopiuj')
    expect(page.body).not.toContain('{{')
  })

  test('health says what is here', async () => {
    expect((await companion.ask('GET', '/health')).body).toMatchObject({
      ok: true,
      service: 'ringside-companion',
      protocol: PROTOCOL_VERSION,
      store: 'pglite',
    })
  })
})

describe('outside of tests', () => {
  let real: TestCompanion
  beforeEach(async () => {
    const started = await startTestCompanion('pglite', { test: '0' })
    if (!started) throw new Error('no companion')
    real = started
  })
  afterEach(() => real.close())

  type Asked = Awaited<ReturnType<TestCompanion['ask']>>
  /** Asks until it is refused; answers how often it was not, and the refusal. */
  async function askMuch(ask: () => Promise<Asked>): Promise<{ before: number; refused: Asked }> {
    for (let before = 0; before < 700; before += 50) {
      const replies = await Promise.all(Array.from({ length: 50 }, ask))
      const refused = replies.find(({ status }) => status === 429)
      if (refused) return { before: before + replies.filter(({ status }) => status !== 429).length, refused }
    }
    throw new Error('700 requests, and none was refused')
  }
  function expectWords({ body, headers }: Asked) {
    expect(body).toMatchObject({ error: { code: 'too_many', words: 'Too many tries.', remedy: 'Wait a minute and try again.' } })
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
  }

  test('there is no test route', async () => {
    expect((await real.ask('POST', '/test/clock', { body: { advanceMs: 1 } })).status).toBe(404)
  })

  test('guessing at links is stopped after ten tries from one address', async () => {
    const { before, refused } = await askMuch(() => real.ask('POST', '/api/sign-in', { body: { link: 'x'.repeat(43), browser: 'x', key } }))
    expect(before).toBe(10)
    expectWords(refused)
  })

  test('a browser that goes mad with calls is stopped, not another one, and not in anything else', async () => {
    const [mad, sane] = [await real.signIn(await real.addUser()), await real.signIn(await real.addUser())]
    const accept = (client: Client) => () =>
      real.ask('POST', '/api/accept', {
        body: { callId: randomUUID(), browserId: randomUUID(), epoch: 1, contact: null },
        headers: { authorization: `Bearer ${client.token}` },
      })
    const { before, refused } = await askMuch(accept(mad))
    expect(before).toBe(120)
    expectWords(refused)
    expect(code(await accept(sane)())).toBe('unknown_call')
    expect((await mad.ask('POST', `/api/calls/${randomUUID()}/hang-up`, { epoch: 1 })).status).toBe(404)
  })

  test('whoever has no session does not keep the database busy: by address', async () => {
    const health = await askMuch(() => real.ask('GET', '/health'))
    expect(health.before).toBe(600)
    expectWords(health.refused)
    const knock = () =>
      new Promise<number>((resolve) => {
        const { ws } = openSocket(real.app.url, 'x'.repeat(43))
        ws.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0)).once('close', () => resolve(101))
      })
    const statuses = []
    for (let round = 0; round < 13; round += 1) statuses.push(...(await Promise.all(Array.from({ length: 50 }, knock))))
    expect(statuses.filter((status) => status === 101)).toHaveLength(600)
    expect(statuses.filter((status) => status === 429)).toHaveLength(50)
  }, 60_000)

  test('recordings have their limit too, by session', async () => {
    const anna = await real.signIn(await real.addUser())
    const { before, refused } = await askMuch(() =>
      real.ask('GET', `/api/recordings/${randomUUID()}/audio`, { headers: { authorization: `Bearer ${anna.token}` } }),
    )
    expect(before).toBe(600)
    expectWords(refused)
  }, 60_000)
})

test('the log names nobody: no name, number, note, token or query, also when something fails', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) })
  const logged = await startTestCompanion('pglite', { log })
  if (!logged) return
  const channel = await logged.addChannel('Secret channel')
  const client = await logged.signIn(await logged.addUser({ name: 'Zofia Tajna', role: 'admin' }))
  const threadId = randomUUID()
  await logged.store.write(({ db, now }) =>
    db
      .insertInto('threads')
      .values({ id: threadId, channel_id: channel, number: '+48500600700', created_at: now, updated_at: now })
      .execute(),
  )
  await client.ask('PUT', `/api/threads/${threadId}/notes/${randomUUID()}`, { text: 'very private', revision: 1, callId: null })
  await client.ask('PUT', `/api/threads/${threadId}/notes/${randomUUID()}`, { text: 'very private too', revision: 1, callId: null })
  await client.ask('GET', '/api/threads?limit=7&before=2026-11-22T08:00:00.123Z')
  ;(await client.openFeed()).cut()
  await logged.store.close()
  await client.ask('GET', '/api/threads')
  await logged.app.close()
  const text = lines.join('')
  expect(text).toContain('/api/threads/:threadId/notes/:noteId')
  expect(text).toContain(client.userId)
  expect(text).toContain('a request failed')
  for (const secret of ['Zofia', '+48500600700', 'private', client.token, 'limit=7', 'ticket=', 'Secret channel'])
    expect(text).not.toContain(secret)
})
