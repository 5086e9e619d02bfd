import type { BrowserFacts, Me } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'
import { emitMe, viewMe } from './me.ts'

/** The toggle (AV1). Saying again what is already so changes nothing. */
export async function setWanted(writer: Writer, userId: string, wanted: boolean): Promise<Me> {
  const before = await viewMe(writer.db, userId, writer.now)
  // Toggling on is also how an agent says that the sound is mended.
  const mended = wanted && !before.wanted ? { audio_failed_at: null } : {}
  await writer.db
    .updateTable('users')
    .set({ wanted, ...mended })
    .where('id', '=', userId)
    .execute()
  return emitMe(writer, userId, before)
}

export interface BrowserReport {
  browserId: string
  userId: string
  sessionId: string
  companionId: string
  facts: BrowserFacts
}

/** A browser is there, and says what it can do. A voice page that becomes ready afresh has mended whatever silenced the last call. */
export async function saveBrowser(writer: Writer, report: BrowserReport): Promise<Me> {
  const { db, now } = writer
  const { browserId, userId, sessionId, companionId, facts } = report
  const before = await viewMe(db, userId, now)
  const known = await db.selectFrom('browsers').select('voice').where('id', '=', browserId).where('user_id', '=', userId).executeTakeFirst()
  const row = { session_id: sessionId, companion_id: companionId, microphone: facts.microphone, voice: facts.voice, seen_at: now }
  await db
    .insertInto('browsers')
    .values({ id: browserId, user_id: userId, ...row })
    .onConflict((conflict) => conflict.columns(['id', 'user_id']).doUpdateSet(row))
    .execute()
  if (facts.voice === 'ready' && known?.voice !== 'ready') {
    await db.updateTable('users').set({ audio_failed_at: null }).where('id', '=', userId).execute()
  }
  return emitMe(writer, userId, before)
}

/** The socket of a browser is gone. Only the companion that held it may say so: the browser may be at another one by now. */
export async function dropBrowser(writer: Writer, browserId: string, userId: string, companionId: string): Promise<void> {
  const before = await viewMe(writer.db, userId, writer.now)
  await writer.db
    .updateTable('browsers')
    .set({ companion_id: null })
    .where('id', '=', browserId)
    .where('user_id', '=', userId)
    .where('companion_id', '=', companionId)
    .execute()
  await emitMe(writer, userId, before)
}
