import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { setOwner } from '../../companion/threads/commands.ts'
import { writeNote } from '../../companion/threads/notes.ts'
import { callActs } from '../kit/calls-acts.ts'
import { CALLER, type CallsWorld, CHANNEL_NUMBER, createCallsWorld, type TestUser } from '../kit/calls-world.ts'
import { stopTestStores, testStore } from '../kit/store.ts'

afterAll(stopTestStores)

/** How many transactions the server had to break off so far. A backend says so when it ends. */
async function deadlocks({ store: { db } }: CallsWorld): Promise<number> {
  return db.connection().execute(async (one) => {
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      one,
    )
    const { rows } = await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database where datname = current_database()`.execute(
      one,
    )
    return Number(rows[0]?.deadlocks)
  })
}

describe('PostgreSQL never has to break off one of two who wait for each other', () => {
  it('while notes are written and the call is claimed again, hung up, missed, assigned', async (context) => {
    const world = await createCallsWorld({ kind: 'postgresql' })
    if (!world) return context.skip()
    const { accept } = callActs(() => world)
    try {
      const users = (await world.addUsers('Anna', 'Bogdan', 'Celina')) as [TestUser, TestUser, TestUser]
      const rows = await world.store.db.selectFrom('users').selectAll().orderBy('name').execute()
      await world.start()
      for (let round = 0; round < 6; round++) {
        const leg = world.twilio.dial(CALLER, CHANNEL_NUMBER)
        await world.settle()
        const [first] = users
        const claim = await accept(first, { id: (await world.callOf(leg))?.id ?? '', epoch: 1 })
        const { call } = claim
        const threadId = call.threadId ?? ''
        const notes = () =>
          rows.map((row) =>
            world.store.write((writer) =>
              writeNote(writer, row, { noteId: randomUUID(), threadId, callId: call.id, text: 'hm', revision: 1 }),
            ),
          )
        // Given back before the caller was heard: it rings the others, and has a thread already.
        const give = world.companion().calls.hangUp({ callId: call.id, userId: first.id, epoch: claim.epoch })
        await Promise.all([give, ...notes()])
        const again = { id: call.id, epoch: claim.epoch + 1 }
        const ended = world.twilio.send(
          `https://calls.example.com/twilio/unanswered?call=${call.id}&epoch=${again.epoch}&key=${randomUUID()}`,
          {
            CallSid: leg.sid,
          },
        )
        const assign = () => rows.map((row) => world.store.write((writer) => setOwner(writer, row, threadId, row.id)))
        await Promise.allSettled([...notes(), ...users.map((user) => accept(user, again)), ended, ...assign(), ...notes()])
        await Promise.all([...notes(), (async () => world.twilio.hangUp(leg))(), ...assign(), ...notes()])
        await world.settle()
      }
      expect(await deadlocks(world)).toBe(0)
    } finally {
      await world.close()
    }
  }, 180_000)
})

it('a connection that breaks in the middle of a transaction is a failed write, and the next one works', async (context) => {
  const store = await testStore('postgresql')
  if (!store) return context.skip()
  try {
    const broken = store.write(async ({ db }) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(store.db)
      // Nothing is asked of it while it breaks: nobody waits for an answer that could say so.
      for (let turn = 0; turn < 3; turn++) await sql`select 1`.execute(store.db)
      await sql`select 1`.execute(db)
    })
    await expect(broken).rejects.toMatchObject({ code: 'store_failed' })
    expect(await store.write((writer) => writer.nextSeq())).toBe(1)
  } finally {
    await store.close()
  }
})
