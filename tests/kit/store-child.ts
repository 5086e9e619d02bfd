/** A process of its own that writes to the store in a folder until it is killed, and says each write that was acknowledged. */
import { randomUUID } from 'node:crypto'
import { createLog } from '../../companion/log.ts'
import { openStore } from '../../companion/store/open.ts'
import { pgliteSnapshot } from './store.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('Usage: node store-child.ts <folder>')
const store = await openStore({ folder, log: createLog('silent'), snapshot: await pgliteSnapshot() })
for (;;) {
  const id = randomUUID()
  await store.write(async (writer) => {
    await writer.db
      .insertInto('teams')
      .values({ id, name: 'x'.repeat(200) })
      .execute()
    await writer.emit(null, { type: 'notification-cleared', notificationId: id })
  })
  process.stdout.write(`${id}\n`)
}
