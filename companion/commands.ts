/** Commands that run beside serving. With the embedded store the companion must be stopped for them: it has room for one process. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { createClock } from './clock.ts'
import { type Config, ConfigError, readStoreConfig } from './config.ts'
import { createLog } from './log.ts'
import { makeLink } from './people/sign-in.ts'
import { Seed, seed } from './seed.ts'
import { openStore } from './store/open.ts'
import { createRestProvider } from './twilio/rest.ts'

// Standard output and error are for the answer here.
const log = createLog('silent')

/** By e-mail, or by a name that only one user has. */
export async function printLink(environment: Record<string, string | undefined>, who: string): Promise<void> {
  const config = readStoreConfig(environment)
  const store = await openStore({ databaseUrl: config.databaseUrl, folder: config.data, log })
  try {
    const users = await store.db
      .selectFrom('users')
      .select(['id', 'name', 'email', 'disabled_at'])
      .where((eb) => eb.or([eb(eb.fn('lower', ['email']), '=', who.toLowerCase()), eb(eb.fn('lower', ['name']), '=', who.toLowerCase())]))
      .execute()
    const [user, ...others] = users
    if (!user) throw new Error(`There is no user “${who}”.`)
    if (others.length > 0) throw new Error(`${users.length} users are called “${who}”. Use an e-mail address.`)
    if (user.disabled_at) throw new Error(`${user.name} is switched off. Switch them on first.`)
    console.log(await store.write((writer) => makeLink(writer, user.id, config.publicUrl)))
  } finally {
    await store.close()
  }
}

export async function seedFromFile(config: Config, file: string): Promise<void> {
  const parsed = Seed.safeParse(readJson(file))
  if (!parsed.success) throw new ConfigError(`${file} is not a seed:\n${z.prettifyError(parsed.error)}`)
  const clock = createClock()
  const store = await openStore({ databaseUrl: config.databaseUrl, folder: config.data, log })
  try {
    const provider = createRestProvider(config.twilio)
    console.log(JSON.stringify(await seed({ store, clock, provider, config, log }, parsed.data)))
  } finally {
    await store.close()
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${(error as Error).message}`)
  }
}
