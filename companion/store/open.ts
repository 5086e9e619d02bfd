/** Opens the store: PostgreSQL where there is an address, else PGlite in a folder, else (for tests) PGlite in memory. */
import { withoutData } from '../http/errors.ts'
import type { Log } from '../log.ts'
import type { Database } from './database.ts'
import { asStoreError } from './failures.ts'
import { createFeedReader, readEventsSince } from './feed-reader.ts'
import { migrate, readMigrations } from './migrate.ts'
import { openPglite } from './pglite.ts'
import { openPostgres } from './postgres.ts'
import { pruneEvents } from './prune.ts'
import type { Store } from './store.ts'
import { createWrites } from './write.ts'

export interface OpenOptions {
  databaseUrl?: string | undefined
  folder?: string | undefined
  /** What a migrated PGlite folder looks like, so that a test need not migrate. */
  snapshot?: Blob | undefined
  log: Log
  /** Whose time `writer.now` is; default the system's. */
  now?: () => Date
}

const PRUNE_EVERY_MS = 3600 * 1000

/** Throws an Error in words where the folder is in use or the database is of a newer Ringside. */
export async function openStore(options: OpenOptions): Promise<Store> {
  const database = options.databaseUrl
    ? await openPostgres(options.databaseUrl, options.log)
    : await openPglite(options.folder, options.snapshot)
  try {
    return await storeOf(database, options)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function storeOf(database: Database, { log, now = () => new Date() }: OpenOptions): Promise<Store> {
  await migrate(database, readMigrations(), now())
  const { db } = database
  const upTo = async () => (await db.selectFrom('feed').select('seq').executeTakeFirstOrThrow()).seq
  const feed = createFeedReader(db, await upTo(), log)
  const writes = createWrites({ database, now, log, append: feed.append })
  await database.listen(feed.wake)
  // Whatever another companion wrote between the two lines above.
  feed.wake()
  const prune = () => pruneEvents(db, now()).catch((error) => log.warn(withoutData(error), 'cannot prune the feed'))
  await prune()
  const pruning = setInterval(prune, PRUNE_EVERY_MS)
  pruning.unref()
  let closing: Promise<void> | undefined
  let closed = false

  return {
    kind: database.kind,
    db,
    write: (work) => (closed ? Promise.reject(asStoreError(new Error('the store is closed'))) : writes.write(work)),
    onEvents: feed.onEvents,
    eventsSince: (userId, since, only) => readEventsSince(db, userId, since, only),
    upTo,
    close() {
      closing ??= (async () => {
        clearInterval(pruning)
        await writes.drain()
        closed = true
        await feed.close()
        await database.close()
      })()
      return closing
    },
  }
}
