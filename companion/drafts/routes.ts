import type { Handle } from '../http/handle.ts'
import { rewire } from '../numbers/rewire.ts'
import type { Companion } from '../parts.ts'
import { createClaims } from './claim.ts'
import { findDraft, viewDraft } from './draft.ts'
import { chooseNumber, discardDraft, saveDraft, startDraft } from './edit.ts'
import { finishDraft } from './finish.ts'

export function serveDrafts(companion: Companion, handle: Handle): void {
  const { store } = companion
  const claims = createClaims(companion)

  handle('startDraft', ({ user, params }) => store.write((writer) => startDraft(writer, user, params.draftId)))
  handle('readDraft', async ({ params }) => viewDraft(store.db, await findDraft(store.db, params.draftId)))
  handle('saveDraft', ({ user, params, body }) => store.write((writer) => saveDraft(writer, user, { ...params, ...body })))
  handle('claimNumber', ({ user, params, body }) => claims.claim(user, params.draftId, body))
  handle('chooseNumber', ({ params, body }) => store.write((writer) => chooseNumber(writer, params.draftId, body.numberId)))
  handle('finishDraft', async ({ user, params }) => {
    const channel = await store.write((writer) => finishDraft(writer, user, params.draftId))
    // Live is who can be called: the caller's way in is set before the wizard says so. Where it cannot be, the list says that.
    await rewire(companion, { channelId: channel.id })
    return channel
  })
  handle('discardDraft', async ({ params }) => {
    await store.write((writer) => discardDraft(writer, params.draftId))
    return {}
  })
}
