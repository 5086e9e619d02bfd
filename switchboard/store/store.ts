/** What outlives a run: the account, its numbers, applications, addresses and recordings, in `switchboard.json` in the data folder. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSid } from '../calls/sid.ts'
import type { Address, Application, Bundle, OwnedNumber, RecordingFacts } from './records.ts'

export interface Data {
  accountSid: string
  authToken: string
  apiKey: string
  apiSecret: string
  applicationSid: string
  createdAt: number
  numbers: OwnedNumber[]
  applications: Application[]
  addresses: Address[]
  /** Papers that a country demands; made through the control routes. */
  bundles: Bundle[]
  /** Numbers that somebody else has bought: on offer no more. */
  taken: string[]
  recordings: RecordingFacts[]
}

export interface Store {
  readonly data: Data
  readonly folder: string
  /** Writes the file whole; call it after each change. */
  save(): void
}

/** Opens or seeds the data. Throws an Error in words where the file cannot be read. */
export function openStore(folder: string, now: number): Store {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'switchboard.json')
  const kept = readKept(file)
  const data = kept ?? seed(now)
  const store: Store = {
    data,
    folder,
    save() {
      const draft = `${file}.new`
      writeFileSync(draft, JSON.stringify(data, null, 2), { mode: 0o600 })
      renameSync(draft, file)
    },
  }
  if (!kept) store.save()
  return store
}

function readKept(file: string): Data | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    // Files of before there were bundles have none.
    return { bundles: [], taken: [], ...(JSON.parse(text) as Omit<Data, 'bundles' | 'taken'>) }
  } catch {
    throw new Error(`${file} is no JSON. Remove it to start with a new account; numbers and recordings in it are then forgotten.`)
  }
}

function seed(now: number): Data {
  const applicationSid = makeSid('AP')
  return {
    accountSid: makeSid('AC'),
    authToken: randomBytes(16).toString('hex'),
    apiKey: makeSid('SK'),
    apiSecret: randomBytes(24).toString('base64url'),
    applicationSid,
    createdAt: now,
    numbers: [],
    applications: [{ sid: applicationSid, createdAt: now, updatedAt: now, settings: { FriendlyName: 'Ringside' } }],
    addresses: [],
    bundles: [],
    taken: [],
    recordings: [],
  }
}
