import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { withoutData } from '../http/errors.ts'
import type { Log } from '../log.ts'
import { type Database, FEED_SIGNAL, parsers } from './database.ts'
import type { Tables } from './tables.ts'

const CONNECTIONS = 16
const CONNECT_MS = 5000
/** Nothing of ours takes long; a statement that does would hold locks that calls wait for. */
const STATEMENT_MS = 15_000
const LISTEN_AGAIN_MS = 500

/** A PostgreSQL server, 15 or newer. */
export async function openPostgres(databaseUrl: string, log: Log): Promise<Database> {
  const options: pg.PoolConfig = {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_MS,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? pg.types.getTypeParser(oid, format) },
  }
  const pool = new pg.Pool({ ...options, max: CONNECTIONS, statement_timeout: STATEMENT_MS })
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', (error) => log.warn(withoutData(error), 'an idle database connection broke'))
  // Nor may one that breaks in a transaction, between two statements: the next statement says so.
  pool.on('connect', (client) => client.on('error', () => {}))
  await pool.query('select 1').catch(async (error) => {
    await pool.end()
    throw error
  })
  const closing = new AbortController()
  let listener: pg.Client | undefined

  return {
    kind: 'postgresql',
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    async exclusively(work) {
      const client = new pg.Client(options)
      await client.connect()
      try {
        return await work({
          run: async (statements) => {
            await client.query(statements)
          },
          rows: async (query) => (await client.query(query)).rows,
        })
      } finally {
        await client.end()
      }
    },
    async listen(wake) {
      listener = await listenOn(options, wake)
      // One that is lost is made again, and then asks: notifications are not kept for those who are away.
      const again = async () => {
        while (!closing.signal.aborted) {
          try {
            listener = await listenOn(options, wake)
            listener.once('end', again)
            wake()
            return
          } catch (error) {
            log.warn(withoutData(error), 'cannot listen to the database')
            await sleep(LISTEN_AGAIN_MS, undefined, { signal: closing.signal }).catch(() => {})
          }
        }
      }
      listener.once('end', again)
    },
    async close() {
      closing.abort()
      await listener?.end()
      await pool.end()
    },
  }
}

async function listenOn(options: pg.ClientConfig, wake: () => void): Promise<pg.Client> {
  const client = new pg.Client({ ...options, keepAlive: true })
  client.on('error', () => {})
  client.on('notification', wake)
  await client.connect()
  await client.query(`listen ${FEED_SIGNAL}`)
  return client
}
