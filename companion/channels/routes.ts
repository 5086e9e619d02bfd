import { listDrafts } from '../drafts/draft.ts'
import type { Handle } from '../http/handle.ts'
import { rewire } from '../numbers/rewire.ts'
import type { Companion } from '../parts.ts'
import { deleteChannel } from './delete.ts'
import { findChannel, viewChannel } from './detail.ts'
import { setChannelEnabled } from './enable.ts'
import { listChannels } from './list.ts'
import { saveChannel } from './save.ts'
import { whoWouldRing } from './who-would-ring.ts'

/** What callers hear while we are down is kept at the provider, so a change of greetings or status is told there after it was saved. */
export function serveChannels(companion: Companion, handle: Handle): void {
  const { store, clock } = companion

  handle('listChannels', async () => ({ channels: await listChannels(companion), drafts: await listDrafts(store.db) }))

  handle('readChannel', async ({ params }) => viewChannel(store.db, await findChannel(store.db, params.channelId)))

  handle('saveChannel', async ({ user, params, body }) => {
    const saved = await store.write((writer) => saveChannel(writer, user, { channelId: params.channelId, ...body }))
    if (body.settings.greetings) await rewire(companion, { channelId: params.channelId })
    return saved
  })

  handle('setChannelEnabled', async ({ user, params, body }) => {
    const saved = await store.write((writer) => setChannelEnabled(writer, user, params.channelId, body.enabled))
    await rewire(companion, { channelId: params.channelId })
    return saved
  })

  handle('deleteChannel', async ({ user, params, body }) => {
    const numberId = await store.write((writer) => deleteChannel(writer, user, params.channelId, body.typed))
    if (numberId !== undefined) await rewire(companion, { numberId })
    return {}
  })

  handle('whoWouldRing', ({ body }) => whoWouldRing(store.db, clock.now(), body))
}
