/** Switchboard and companion as processes of their own, as in life, on the addresses and in the folders of this start. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { lastLines, type Part, startPart, tryJson, whenReady } from './part.ts'
import { dataFolder, type Ports } from './settings.ts'

/** What the switchboard prints when it is ready: its address, and Twilio's credentials in Twilio's place. */
export interface Account {
  restUrl: string
  accountSid: string
  authToken: string
  apiKey: string
  apiSecret: string
  applicationSid: string
  spki: string
}

/** What the companion's seed command prints. */
export interface Seeded {
  /** The channel's number, E.164. */
  number: string
  agents: Person[]
}

export interface Person {
  name: string
  role: string
  /** A single-use sign-in link. */
  link: string
}

type Watch = (part: Part) => void

export async function startSwitchboard(ports: Ports, watch: Watch): Promise<Account> {
  const folder = path.join(dataFolder, 'switchboard')
  const places = ['--data', folder, '--port', String(ports.switchboard), '--signal-port', String(ports.signalling)]
  const part = startPart('switchboard', ['switchboard/main.ts', ...places], {})
  watch(part)
  return await whenReady(part, async () => readJsonLine<Account>(part.logFile))
}

/** The first line of a log that is JSON. */
function readJsonLine<T>(logFile: string): T | undefined {
  const line = readFileSync(logFile, 'utf8')
    .split('\n')
    .slice(0, -1)
    .find((line) => line.startsWith('{'))
  return line === undefined ? undefined : (JSON.parse(line) as T)
}

export interface CompanionSettings {
  ports: Ports
  account: Account
}

export async function startCompanion(settings: CompanionSettings, watch: Watch): Promise<string> {
  const part = startPart('companion', ['companion/main.ts'], environment(settings))
  watch(part)
  const url = companionUrl(settings.ports)
  await whenReady(part, () => tryJson(`${url}/health`))
  return url
}

/**
 * Makes the demo's people and its channel, or finds them again, and makes new sign-in links. Before the companion starts, because the embedded
 * database has room for one.
 */
export async function seedCompanion(settings: CompanionSettings, seed: object, add: Watch): Promise<Seeded> {
  const file = path.join(dataFolder, 'start', 'seed.json')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(seed, null, 2))
  const part = startPart('companion seed', ['companion/main.ts', 'seed', '--file', file], environment(settings))
  add(part)
  const how = await part.gone
  const seeded = readJsonLine<Seeded>(part.logFile)
  if (!seeded) throw new Error(`The companion’s seed ${how}. It said:\n${lastLines(part)}`)
  return seeded
}

const companionUrl = (ports: Ports) => `http://127.0.0.1:${ports.companion}`

function environment({ ports, account }: CompanionSettings): Record<string, string> {
  return {
    DATA: path.join(dataFolder, 'companion'),
    HOST: '127.0.0.1',
    PORT: String(ports.companion),
    PUBLIC_URL: companionUrl(ports),
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API_KEY: account.apiKey,
    TWILIO_API_SECRET: account.apiSecret,
    TWILIO_APPLICATION_SID: account.applicationSid,
    TWILIO_API_URL: account.restUrl,
    FALLBACK_VOICE_URL: `${account.restUrl}/twimlets/echo`,
    VOICE_EDGE: `localhost:${ports.signalling}`,
  }
}
