/**
 * Calls, a store and a Twilio in memory, with time that stands still: for tests of what happens to a call. Companions in it can be killed at any
 * boundary (before a write, before its commit, after it, before an effect, around a request to Twilio) and started again on the same store.
 */
import { createHmac, randomUUID } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { type Calls, createCalls } from '../../companion/calls/calls.ts'
import { registerMedia } from '../../companion/calls/media.ts'
import { registerWebhooks } from '../../companion/calls/webhooks.ts'
import { createLog, type Log } from '../../companion/log.ts'
import { wiringOf } from '../../companion/numbers/wiring.ts'
import type { Store, Writer } from '../../companion/store/store.ts'
import type { CallRow } from '../../companion/store/tables.ts'
import type { Provider } from '../../companion/twilio/provider.ts'
import { createFakeTwilio, type FakeTwilio, type Fate } from './fake-twilio.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { type StoreKind, testStore } from './store.ts'

export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef'
export const PUBLIC_URL = 'https://calls.example.com'
export const CHANNEL_NUMBER = '+48221234567'
export const CALLER = '+48500600700'

/** A running companion: its calls, and its doors. */
export interface TestCompanion {
  calls: Calls
  app: FastifyInstance
  alive(): boolean
  /** How many boundaries it came to. */
  boundaries(): number
  /** Resolves when it was killed: what waits for its answer hears nothing more. */
  died: Promise<undefined>
  /** As `kill -9`: nothing of it does anything any more. */
  kill(): void
}

export interface CallsWorldOptions {
  kind?: StoreKind
  fate?: (path: string, form: Record<string, string>) => Fate
  ringSeconds?: number
  log?: Log
}

/** Undefined where the store's database is not installed. */
export async function createCallsWorld({ kind = 'pglite', fate, ringSeconds = 30, log = createLog('silent') }: CallsWorldOptions = {}) {
  const clock = createManualClock()
  const store = await testStore(kind, { now: () => clock.now() })
  if (!store) return undefined
  let current: TestCompanion | undefined
  const fates = { current: fate }
  let busy = 0
  const busily = async <T>(work: () => Promise<T>): Promise<T> => {
    busy++
    try {
      return await work()
    } finally {
      busy--
    }
  }

  const twilio: FakeTwilio = createFakeTwilio({
    clock,
    fate: (path, form) => fates.current?.(path, form) ?? 'deliver',
    deliver: (path, form) =>
      busily(async () => {
        const companion = current
        if (!companion?.alive()) throw new Error('connection refused')
        const reply = await Promise.race([post(companion.app, path, form), companion.died])
        if (!reply || !companion.alive()) throw new Error('connection reset')
        return { status: reply.statusCode, body: reply.body }
      }),
  })

  /** `killAt`: dies at the n-th boundary that it comes to; from 1. */
  async function start(killAt = 0): Promise<TestCompanion> {
    let alive = true
    let count = 0
    const app = fastify()
    const pass = () => {
      if (!alive) throw new Error('killed')
      count++
      if (count !== killAt) return
      companion.kill()
      throw new Error('killed')
    }
    const calls = createCalls({
      store: guardStore(store as Store, pass, busily),
      provider: guardProvider(twilio.provider, pass, busily),
      clock,
      log,
      publicUrl: PUBLIC_URL,
    })
    let die = () => {}
    const companion = {
      calls,
      app,
      alive: () => alive,
      died: new Promise<undefined>((resolve) => {
        die = () => resolve(undefined)
      }),
      boundaries: () => count,
      kill() {
        alive = false
        die()
        calls.close()
      },
    }
    registerMedia(app)
    await registerWebhooks(app, calls.parts, AUTH_TOKEN)
    current = companion
    await calls.start()
    return companion
  }

  const seeded = await seed(store, ringSeconds)
  twilio.numbers.set(CHANNEL_NUMBER, {
    sid: 'PN1',
    e164: CHANNEL_NUMBER,
    ...wiringOf({ publicUrl: PUBLIC_URL, fallbackVoiceUrl: 'https://echo.example.com/echo' }, { enabled: true, greetings }),
  })

  return {
    clock,
    store,
    twilio,
    start,
    ...seeded,
    companion: () => {
      if (!current?.alive()) throw new Error('connection refused')
      return current
    },
    up: () => current?.alive() === true,
    /** Until nothing moves but time. */
    async settle() {
      for (let quiet = 0; quiet < 4; quiet = busy === 0 ? quiet + 1 : 0) {
        await new Promise(setImmediate)
        await store.db.selectFrom('feed').select('seq').execute()
      }
    },
    /** Time goes by, timer after timer, until a condition holds; throws after an hour of it. */
    async until(condition: () => Promise<boolean> | boolean, words = 'the condition'): Promise<void> {
      const end = clock.now().getTime() + 3_600_000
      await this.settle()
      while (!(await condition())) {
        if (clock.now().getTime() > end) throw new Error(`an hour went by without ${words}`)
        clock.step(5000)
        await this.settle()
      }
    },
    async pass(seconds: number): Promise<void> {
      const end = clock.now().getTime() + seconds * 1000
      await this.settle()
      while (clock.now().getTime() < end) {
        clock.step(end - clock.now().getTime())
        await this.settle()
      }
    },
    async callOf(leg: { sid: string }): Promise<CallRow | undefined> {
      return store.db.selectFrom('calls').selectAll().where('provider_sid', '=', leg.sid).executeTakeFirst()
    },
    /** Empty again but for the channel; cheaper than another world. */
    async reset(nextFate: CallsWorldOptions['fate'] = undefined): Promise<void> {
      current?.kill()
      await this.settle()
      await current?.app.close()
      for (const leg of twilio.legs.values()) leg.run++
      twilio.legs.clear()
      twilio.recordings.length = 0
      twilio.seen.agentsWithCaller = 0
      twilio.seen.requests.length = 0
      fates.current = nextFate
      await sql`truncate calls, threads, webhooks, events, settings cascade`.execute(store.db)
      // Truncating them would take the channels with them: those say who saved them.
      await store.db.deleteFrom('users').execute()
      await store.write(({ db }) => db.updateTable('channels').set({ enabled: true, ring_seconds: ringSeconds }).execute())
    },
    async close() {
      current?.kill()
      await current?.app.close()
      await store.close()
    },
  }
}

export type CallsWorld = NonNullable<Awaited<ReturnType<typeof createCallsWorld>>>

/** As Twilio signs: the address, then each field's name and value by name; HMAC-SHA1, base64. */
export function sign(url: string, form: Record<string, string>, token = AUTH_TOKEN): string {
  const fields = Object.keys(form).sort()
  return createHmac('sha1', token)
    .update(url + fields.map((name) => name + form[name]).join(''))
    .digest('base64')
}

export function post(app: FastifyInstance, path: string, form: Record<string, string>, signature = sign(PUBLIC_URL + path, form)) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature }
  return app.inject({ method: 'POST', url: path, headers, payload: new URLSearchParams(form).toString() })
}

type Busily = <T>(work: () => Promise<T>) => Promise<T>

function guardStore(store: Store, pass: () => void, busily: Busily): Store {
  const write: Store['write'] = (work) =>
    busily(async () => {
      pass()
      const value = await store.write(async (writer) => {
        const made = await work(guardWriter(writer, pass, busily))
        pass()
        return made
      })
      pass()
      return value
    })
  return { ...store, write }
}

const guardWriter = (writer: Writer, pass: () => void, busily: Busily): Writer => ({
  ...writer,
  afterCommit: (effect) =>
    writer.afterCommit(() => {
      // Not waited for: an effect may pause until the test moves the clock.
      busily(async () => {
        pass()
        await Promise.race([effect(), new Promise((resolve) => setTimeout(resolve, 50))])
      }).catch(() => {})
    }),
})

function guardProvider(provider: Provider, pass: () => void, busily: Busily): Provider {
  const guarded = Object.entries(provider).map(([name, method]) => [
    name,
    (...args: unknown[]) =>
      busily(async () => {
        pass()
        const value = await (method as (...all: unknown[]) => Promise<unknown>)(...args)
        pass()
        return value
      }),
  ])
  return Object.fromEntries(guarded)
}

const greeting = (text: string) => ({ text, language: 'en-US', voice: 'Polly.Joanna', uploadId: null })
const greetings = { inHours: greeting('in hours'), afterHours: greeting('after hours'), closed: greeting('closed') }

async function seed(store: Store, ringSeconds: number) {
  const channelId = randomUUID()
  await store.write(async ({ db, now }) => {
    const numberId = randomUUID()
    await db
      .insertInto('numbers')
      .values({ id: numberId, e164: CHANNEL_NUMBER, provider_sid: 'PN1', country: 'PL', created_at: now })
      .execute()
    await db
      .insertInto('channels')
      .values({
        id: channelId,
        name: 'Help',
        number_id: numberId,
        time_zone: 'Europe/Warsaw',
        ring_seconds: ringSeconds,
        greetings,
        created_at: now,
      })
      .execute()
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ channel_id: channelId, weekday, from_minute: 540, until_minute: 1020 }))
    await db.insertInto('working_hours').values(hours).execute()
  })
  return {
    channelId,
    /** Users of the channel, ready. Answers their ids and browsers. */
    addUsers: (...names: string[]): Promise<TestUser[]> =>
      store.write(async ({ db, now }) => {
        const users = names.map((name, index) => ({ id: randomUUID(), browserId: randomUUID(), sessionId: randomUUID(), name, index }))
        const created_at = (index: number) => new Date(now.getTime() + index)
        await db
          .insertInto('users')
          .values(
            users.map(({ id, name, index }) => ({
              id,
              name,
              role: 'agent' as const,
              seat: true,
              wanted: true,
              created_at: created_at(index),
            })),
          )
          .execute()
        await db
          .insertInto('sessions')
          .values(
            users.map(({ id, sessionId }) => ({
              id: sessionId,
              hash: sessionId,
              public_key: { kty: 'EC', crv: 'P-256', x: '', y: '' },
              user_id: id,
              browser: 'test',
              created_at: now,
              last_seen_at: now,
            })),
          )
          .execute()
        await db
          .insertInto('browsers')
          .values(
            users.map(({ id, browserId, sessionId }) => ({
              id: browserId,
              user_id: id,
              session_id: sessionId,
              companion_id: randomUUID(),
              microphone: 'granted' as const,
              voice: 'ready' as const,
              // Far ahead: nobody pings here.
              seen_at: new Date(now.getTime() + 365 * 86_400_000),
            })),
          )
          .execute()
        await db
          .insertInto('channel_users')
          .values(users.map(({ id }) => ({ channel_id: channelId, user_id: id })))
          .execute()
        return users
      }),
  }
}

export interface TestUser {
  id: string
  browserId: string
  sessionId: string
  name: string
  index: number
}
export type { ManualClock }
