/** What the two databases have in common; pglite.ts and postgres.ts make one. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export interface Database {
  readonly kind: 'pglite' | 'postgresql'
  readonly db: Kysely<Tables>
  /** Runs statements outside the query builder, on one connection, one after the other: for migrations. */
  exclusively<T>(work: (sql: RawSql) => Promise<T>): Promise<T>
  /** Calls back whenever another companion says that there are new events. Returns when it listens. */
  listen(wake: () => void): Promise<void>
  close(): Promise<void>
}

export interface RawSql {
  /** One or more statements without parameters. */
  run(statements: string): Promise<void>
  rows<T>(query: string): Promise<T[]>
}

/** OIDs of the types that the two drivers, or we and they, read differently; text in, what tables.ts says out. */
export const parsers: Record<number, (text: string) => unknown> = {
  20: Number, // bigint: sequence numbers and counts stay below 2^53
  1082: (text) => text, // date: a day has no time zone
}

/** LISTEN/NOTIFY's name. */
export const FEED_SIGNAL = 'ringside_feed'
