/**
 * The local world: switchboard, companion and demo CRM, each its own process as in life, on free ports and in a folder that is thrown away.
 * Nothing leaves the machine and no account is needed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startDemoCrm } from '../demo-crm/server.ts'
import { freePort, type Part, startPart, tryJson } from './process.ts'

const root = resolve(import.meta.dirname, '../..')

export interface World {
  readonly folder: string
  readonly companionUrl: string
  readonly switchboardUrl: string
  /** host:port of the signalling that browsers connect to. */
  readonly edge: string
  /** base64 SHA-256 of the signalling certificate's key, for Chromium's --ignore-certificate-errors-spki-list. */
  readonly spki: string
  readonly crmUrl: string
  companion: Part
  /** Starts the companion again on the same folder and address, after `companion.kill()` or `stop()`. */
  restartCompanion(): Promise<void>
  /** JSON over HTTP to a test or control route; throws with the body on any other answer than 2xx. */
  ask<T>(base: 'companion' | 'switchboard', method: string, path: string, body?: unknown): Promise<T>
  close(): Promise<void>
}

export interface WorldOptions {
  /** A real PostgreSQL instead of PGlite in the folder. */
  databaseUrl?: string
  /** More environment for the companion. */
  env?: Record<string, string>
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-'))
  const [companionPort, switchboardPort, signalPort] = [await freePort(), await freePort(), await freePort()]
  const switchboardUrl = `http://127.0.0.1:${switchboardPort}`
  const companionUrl = `http://127.0.0.1:${companionPort}`
  const edge = `localhost:${signalPort}`

  const switchboard = await startPart(
    [
      join(root, 'switchboard/main.ts'),
      ...['--data', join(folder, 'switchboard'), '--port', String(switchboardPort), '--signal-port', String(signalPort)],
    ],
    {},
    async () => (await tryJson(`${switchboardUrl}/control/about`)) !== undefined,
  )
  const about = (await tryJson(`${switchboardUrl}/control/about`)) as {
    accountSid: string
    authToken: string
    apiKey: string
    apiSecret: string
    applicationSid: string
    spki: string
  }

  const startCompanion = () =>
    startPart(
      [join(root, 'companion/main.ts')],
      {
        DATA: join(folder, 'companion'),
        HOST: '127.0.0.1',
        PORT: String(companionPort),
        PUBLIC_URL: companionUrl,
        ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
        TWILIO_ACCOUNT_SID: about.accountSid,
        TWILIO_AUTH_TOKEN: about.authToken,
        TWILIO_API_KEY: about.apiKey,
        TWILIO_API_SECRET: about.apiSecret,
        TWILIO_APPLICATION_SID: about.applicationSid,
        TWILIO_API_URL: switchboardUrl,
        FALLBACK_VOICE_URL: `${switchboardUrl}/twimlets/echo`,
        VOICE_EDGE: edge,
        RINGSIDE_TEST: '1',
        ...options.env,
      },
      async () => (await tryJson(`${companionUrl}/health`)) !== undefined,
    )

  const crm = await startDemoCrm({ port: 0 })
  const companion = await startCompanion().catch(async (cause) => {
    await Promise.all([switchboard.stop(), crm.close()])
    throw cause
  })
  const world: World = {
    folder,
    companionUrl,
    switchboardUrl,
    edge,
    spki: about.spki,
    crmUrl: crm.url,
    companion,
    async restartCompanion() {
      world.companion = await startCompanion()
    },
    async ask<T>(base: 'companion' | 'switchboard', method: string, path: string, body?: unknown) {
      const response = await fetch(`${base === 'companion' ? companionUrl : switchboardUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return (text ? JSON.parse(text) : undefined) as T
    },
    async close() {
      await Promise.all([world.companion.stop(), switchboard.stop(), crm.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}
