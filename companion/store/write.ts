import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { withoutData } from '../http/errors.ts'
import type { Log } from '../log.ts'
import { type Database, FEED_SIGNAL } from './database.ts'
import { asStoreError, isPassing } from './failures.ts'
import type { Stretch } from './feed-reader.ts'
import type { FeedEvent, Store, Writer } from './store.ts'

const TRIES = 6

export interface WriteOptions {
  database: Database
  now: () => Date
  log: Log
  /** What was committed. */
  append: (stretch: Stretch) => void
}

export interface Writes {
  write: Store['write']
  /** Returns when every write and everything that was to follow one is done. */
  drain(): Promise<void>
}

export function createWrites({ database, now, log, append }: WriteOptions): Writes {
  const inside = new AsyncLocalStorage<true>()
  const going = new Set<Promise<unknown>>()

  const track = <T>(promise: Promise<T>): Promise<T> => {
    going.add(promise)
    const done = () => going.delete(promise)
    promise.then(done, done)
    return promise
  }

  const once = async <T>(work: (writer: Writer) => Promise<T>): Promise<T> => {
    const effects: (() => void | Promise<void>)[] = []
    const events: FeedEvent[] = []
    // Numbers of one transaction follow each other: it holds the row from the first to the commit.
    let drawn: { first: number; last: number } | undefined
    const draw = (seq: number) => {
      drawn = { first: drawn?.first ?? seq, last: seq }
      return seq
    }
    const result = await database.db.transaction().execute(async (db) => {
      const writer: Writer = {
        db,
        now: now(),
        async emit(users, event) {
          const { rows } = await sql<{ seq: number }>`
            with next as (update feed set seq = seq + 1 returning seq)
            insert into events (seq, at, users, event) select seq, ${writer.now}::timestamptz, ${users}::uuid[], ${JSON.stringify(event)}::jsonb from next
            returning seq`.execute(db)
          const seq = draw(firstSeq(rows))
          events.push({ seq, users, event })
          return seq
        },
        async nextSeq() {
          const { rows } = await sql<{ seq: number }>`update feed set seq = seq + 1 returning seq`.execute(db)
          return draw(firstSeq(rows))
        },
        afterCommit(effect) {
          effects.push(effect)
        },
      }
      const value = await inside.run(true, () => work(writer))
      if (drawn && database.kind === 'postgresql') await sql`select pg_notify(${FEED_SIGNAL}, '')`.execute(db)
      return value
    })
    if (drawn) append({ from: drawn.first - 1, upTo: drawn.last, events })
    if (effects.length > 0) track(runAll(effects, log))
    return result
  }

  const retried = async <T>(work: (writer: Writer) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(work)
      } catch (error) {
        if (attempt === TRIES || !isPassing(error)) throw asStoreError(error)
        await sleep(Math.random() * 10 * 2 ** attempt)
      }
    }
  }

  return {
    write(work) {
      // The embedded database has one connection: the inner one would wait for the outer one for ever.
      if (inside.getStore()) return Promise.reject(new Error('store.write() within store.write(): use the writer that you have'))
      return track(retried(work))
    },
    async drain() {
      while (going.size > 0) await Promise.allSettled(going)
    },
  }
}

async function runAll(effects: readonly (() => void | Promise<void>)[], log: Log): Promise<void> {
  for (const effect of effects) {
    try {
      await effect()
    } catch (error) {
      log.error(withoutData(error), 'what was to follow a commit failed')
    }
  }
}

function firstSeq(rows: readonly { seq: number }[]): number {
  const seq = rows[0]?.seq
  if (seq === undefined) throw new Error('the feed row is missing')
  return seq
}
