import { sql } from 'kysely'
import { type Entry, RingsideError } from '../../utils/protocol/index.ts'
import type { Writer } from '../store/store.ts'
import type { NoteBody, UserRow } from '../store/tables.ts'
import { findThread } from './access.ts'
import { tellEntry } from './entries.ts'
import { viewEntry } from './view-entries.ts'

/** Characters of a preview in a list. */
const PREVIEW = 140

export interface NoteWish {
  noteId: string
  threadId: string
  callId: string | null
  text: string
  revision: number
}

/**
 * Saves a note of this author. A higher revision replaces, the same or a lower one changes nothing, so notes may be sent twice and in any order;
 * answers what is stored. Errors: not_found, not_allowed (somebody else's note), unknown_call.
 */
export async function writeNote(writer: Writer, user: UserRow, wish: NoteWish): Promise<Entry> {
  const { db, now } = writer
  await findThread(db, user, wish.threadId)
  await checkCall(writer, wish)
  const body: NoteBody = { text: wish.text, revision: wish.revision, editedAt: now.toISOString() }
  const saved = await db
    .insertInto('entries')
    .values({
      id: wish.noteId,
      thread_id: wish.threadId,
      type: 'note',
      at: now,
      author_id: user.id,
      call_id: wish.callId,
      body,
      seq: await writer.nextSeq(),
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ body: eb.ref('excluded.body'), seq: eb.ref('excluded.seq') }))
        .where('entries.type', '=', 'note')
        .where('entries.thread_id', '=', wish.threadId)
        .where('entries.author_id', '=', user.id)
        .where(sql<boolean>`(entries.body->>'revision')::integer < ${wish.revision}`),
    )
    .returningAll()
    .executeTakeFirst()
  if (saved) return tellEntry(writer, saved, previewOf(wish.text))
  const stored = await db.selectFrom('entries').selectAll().where('id', '=', wish.noteId).executeTakeFirstOrThrow()
  if (stored.thread_id !== wish.threadId || stored.type !== 'note') throw new RingsideError('not_found')
  if (stored.author_id !== user.id) throw new RingsideError('not_allowed')
  return viewEntry(db, stored)
}

async function checkCall({ db }: Writer, { callId, threadId }: NoteWish): Promise<void> {
  if (callId === null) return
  const call = await db.selectFrom('calls').select('id').where('id', '=', callId).where('thread_id', '=', threadId).executeTakeFirst()
  if (!call) throw new RingsideError('unknown_call')
}

/** The first words, on one line; never half of a character. */
export function previewOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= PREVIEW) return line
  return `${line
    .slice(0, PREVIEW - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`
}
