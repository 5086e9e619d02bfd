import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { type Database, parsers } from './database.ts'
import { lockFolder } from './lock.ts'
import type { Tables } from './tables.ts'

/**
 * An embedded PostgreSQL in a folder, which it locks; without a folder, in memory (for tests). It has one connection: Kysely queues for it.
 * `snapshot` is a dump of a data folder to start from.
 */
export async function openPglite(folder: string | undefined, snapshot?: Blob): Promise<Database & { dump(): Promise<Blob> }> {
  const release = folder === undefined ? () => {} : lockFolder(folder)
  let pglite: PGlite
  try {
    pglite = await PGlite.create({
      dataDir: folder === undefined ? 'memory://' : path.join(folder, 'pglite'),
      parsers,
      ...(snapshot && { loadDataDir: snapshot }),
    })
  } catch (error) {
    release()
    throw error
  }
  return {
    kind: 'pglite',
    db: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }),
    exclusively: (work) =>
      work({
        run: async (statements) => {
          await pglite.exec(statements)
        },
        rows: async <T>(query: string) => (await pglite.query<T>(query)).rows,
      }),
    // The lock says that there is no other companion.
    listen: async () => {},
    dump: () => pglite.dumpDataDir('none'),
    async close() {
      try {
        await pglite.close()
      } finally {
        release()
      }
    },
  }
}
