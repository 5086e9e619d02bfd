/** Switchboard and companion in this process, an admin who is signed in, and the routes by their names: for tests of what an admin sets up. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, startApp } from '../../companion/app.ts'
import { createClock, type MovableClock } from '../../companion/clock.ts'
import type { Config } from '../../companion/config.ts'
import { createLog } from '../../companion/log.ts'
import { makeLink } from '../../companion/people/sign-in.ts'
import type { Store } from '../../companion/store/store.ts'
import { type Switchboard, startSwitchboard } from '../../switchboard/start.ts'
import type { ErrorReply, RouteName, RouteReply } from '../../utils/protocol/index.ts'
import { type HeadlessAgent, openHeadlessAgent } from './headless-agent.ts'
import { freePort } from './process.ts'
import { testStore } from './store.ts'

type Ask = <N extends RouteName>(name: N, params?: Record<string, string>, body?: unknown) => Promise<RouteReply<N>>

export interface AdminWorld {
  readonly app: App
  readonly store: Store
  readonly clock: MovableClock
  readonly switchboard: Switchboard
  readonly admin: HeadlessAgent
  /** Asks as the admin; throws what is no 200. */
  ask: Ask
  /** Asks as the admin for something that is refused; answers the error, or fails. */
  refused(name: RouteName, params?: Record<string, string>, body?: unknown): Promise<ErrorReply['error']>
  /** A new user, with a browser that can take calls where `ready`. */
  addUser(name: string, options?: { role?: 'admin' | 'agent'; ready?: boolean }): Promise<{ id: string; agent: HeadlessAgent | undefined }>
  /** JSON to one of the switchboard's control routes. */
  control<T>(method: string, path: string, body?: unknown): Promise<T>
  /** The companion dies and starts again on the same store. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Undefined where PostgreSQL is asked for and not installed. */
export async function startAdminWorld(kind: Store['kind'] = 'pglite'): Promise<AdminWorld | undefined> {
  const clock = createClock()
  const store = await testStore(kind, { now: clock.now })
  if (!store) return undefined
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-admin-'))
  const switchboard = await startSwitchboard({ dataFolder: folder, print: () => {} })
  const config = makeConfig(switchboard, await freePort())
  const log = createLog(process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent')
  const agents: HeadlessAgent[] = []

  const signIn = async (userId: string) => {
    const agent = await openHeadlessAgent(config.publicUrl, await store.write((writer) => makeLink(writer, userId, config.publicUrl)))
    agents.push(agent)
    return agent
  }
  const insertUser = async (name: string, role: 'admin' | 'agent') => {
    const id = randomUUID()
    await store.write(({ db, now }) => db.insertInto('users').values({ id, name, role, seat: true, created_at: now }).execute())
    return id
  }
  const world = {
    app: await startApp({ config, store, clock, log }),
    store,
    clock,
    switchboard,
    async ask(name, params = {}, body) {
      const { status, reply } = await world.admin.call(name, params, body)
      if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(reply)}`)
      return reply
    },
    async refused(name, params = {}, body) {
      const { status, reply } = await world.admin.call(name, params, body)
      if (status === 200) throw new Error(`${name} was not refused: ${JSON.stringify(reply)}`)
      return (reply as unknown as ErrorReply).error
    },
    async addUser(name, { role = 'agent', ready = false } = {}) {
      const id = await insertUser(name, role)
      return { id, agent: ready || role === 'admin' ? await signIn(id) : undefined }
    },
    async control<T>(method: string, at: string, body?: unknown) {
      const response = await fetch(`${switchboard.restUrl}${at}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`)
      return (await response.json()) as T
    },
    async restart() {
      await world.app.close()
      world.app = await startApp({ config, store, clock: createClock(), log })
    },
    async close() {
      for (const agent of agents) agent.close()
      await world.app.close()
      await switchboard.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  } as Omit<AdminWorld, 'admin' | 'app'> & { admin: HeadlessAgent; app: App }
  world.admin = await signIn(await insertUser('Ada Admin', 'admin'))
  return world
}

function makeConfig(switchboard: Switchboard, port: number): Config {
  const publicUrl = `http://127.0.0.1:${port}`
  return {
    data: '',
    databaseUrl: undefined,
    host: '127.0.0.1',
    port,
    publicUrl,
    logLevel: 'silent',
    test: true,
    twilio: {
      accountSid: switchboard.accountSid,
      authToken: switchboard.authToken,
      apiKeySid: switchboard.apiKey,
      apiKeySecret: switchboard.apiSecret,
      twimlAppSid: switchboard.applicationSid,
      apiUrl: switchboard.restUrl,
      voiceEdge: switchboard.signallingHost,
      publicUrl,
      fallbackVoiceUrl: `${switchboard.restUrl}/twimlets/echo`,
    },
  }
}
