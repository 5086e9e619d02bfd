/**
 * Notes on their way (TH2). Each change is in IndexedDB before anything else happens, is sent a moment after the last key, and again until the
 * companion has it; note id and revision make a repeated send harmless. A note that a stopped worker left behind is sent when it comes back.
 * In a browser that several people use, a note waits for its author: nobody's words go out under another name.
 */
import { cacheDatabase, type StoredNote } from '../utils/cache-database.ts'
import { toFailure } from '../utils/failure.ts'
import type { Failure, Panel } from '../utils/messages.ts'
import { type Entry, NOTE_LIMIT, RingsideError } from '../utils/protocol/index.ts'
import { guarded } from './cache.ts'

export interface Outbox {
  /** Keeps the text and sends it soon. Throws too_large and cache_failed; nothing is kept then. */
  write(note: Pick<StoredNote, 'noteId' | 'threadId' | 'callId' | 'text'>): Promise<void>
  /** What this browser has of this user's note of this call in this thread, sent or not. */
  find(threadId: string, callId: string | null): Promise<StoredNote | undefined>
  /** Sends all of this user's that waits: after a stop, and whenever the line opens. Resolves when each was tried once. */
  resume(): Promise<void>
  stop(): void
}

export interface OutboxParts {
  /** The user who is signed in; null where nobody is. */
  author(): string | null
  send(note: StoredNote): Promise<Entry>
  /** The note's state as the panel shows it. */
  onState(noteId: string, state: Panel['note']['state'], failure: Failure | null): void
  onSent(entry: Entry): void
  onCount(unsent: number): void
}

/** Milliseconds after the last key until a note is sent. */
const QUIET = 600
/** Milliseconds until a note that could not be sent is tried again; the line's opening comes first mostly. */
const RETRY = 10_000

/** Refusals that trying again does not change: the note stays here, and the person is told. */
const final = new Set<string>(['too_large', 'bad_request', 'not_allowed', 'not_found', 'no_seat', 'user_disabled'])

export function createOutbox({ author, send, onState, onSent, onCount }: OutboxParts): Outbox {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const sending = new Set<string>()
  const unsent = new Set<string>()
  /** Writes are one after another, so that revisions rise in the order of the keys. */
  let tail: Promise<unknown> = Promise.resolve()

  const count = (noteId: string, waits: boolean) => {
    const before = unsent.size
    if (waits) unsent.add(noteId)
    else unsent.delete(noteId)
    if (unsent.size !== before) onCount(unsent.size)
  }

  function putOff(noteId: string, failure: Failure | null): void {
    count(noteId, true)
    onState(noteId, 'waiting', failure)
  }

  /** Whose words these are: the user's who is signed in; of a view that hands over its last ones as they sign out, the user's whose cache it is. */
  const writer = async (): Promise<string> => author() ?? String((await (await cacheDatabase()).get('meta', 'user')) ?? '')

  function later(noteId: string, milliseconds: number): void {
    clearTimeout(timers.get(noteId))
    timers.set(
      noteId,
      setTimeout(() => void deliver(noteId), milliseconds),
    )
  }

  async function deliver(noteId: string): Promise<void> {
    if (sending.has(noteId)) return
    sending.add(noteId)
    let note: StoredNote | undefined
    try {
      const database = await guarded(cacheDatabase)
      note = await guarded(() => database.get('notes', noteId))
      if (!note || note.revision <= note.sentRevision) return count(noteId, false)
      const me = author()
      if (me === null) return putOff(noteId, null)
      if (note.author !== me) return count(noteId, false)
      const entry = await send(note)
      // A newer revision than ours is another browser's: what was typed here last goes once more, above it.
      const overtaken = entry.type === 'note' && entry.revision > note.revision && entry.text !== note.text
      const transaction = database.transaction('notes', 'readwrite')
      const now = await transaction.store.get(noteId)
      const sentRevision = Math.max(now?.sentRevision ?? 0, note.revision)
      if (now) await transaction.store.put({ ...now, sentRevision, ...(overtaken && { revision: entry.revision + 1 }) })
      await transaction.done
      onSent(entry)
      count(noteId, false)
      if (now?.revision === note.revision && !overtaken) onState(noteId, 'saved', null)
      else later(noteId, overtaken ? 0 : QUIET)
    } catch (error) {
      const failure = toFailure(error)
      // Signed out meanwhile, it waits here; in another's session it is not theirs to wait for.
      if (!note || author() === null || author() === note.author) putOff(noteId, final.has(failure.code) ? failure : null)
      if (!final.has(failure.code)) later(noteId, RETRY)
    } finally {
      sending.delete(noteId)
    }
  }

  async function keep({ noteId, threadId, callId, text }: Parameters<Outbox['write']>[0]): Promise<void> {
    if (text.length > NOTE_LIMIT) throw new RingsideError('too_large')
    await guarded(async () => {
      const me = await writer()
      const transaction = (await cacheDatabase()).transaction(['notes', 'entries'], 'readwrite')
      const notes = transaction.objectStore('notes')
      const before = await notes.get(noteId)
      // Begun in another browser, or read from the thread: our revision goes on from there, or the companion would take ours for an old one.
      const entry = await transaction.objectStore('entries').get(noteId)
      const theirs = entry?.type === 'note' ? entry : undefined
      await notes.put({
        noteId,
        author: before?.author ?? me,
        threadId,
        callId: before?.callId ?? theirs?.callId ?? callId,
        text,
        revision: Math.max(before?.revision ?? 0, theirs?.revision ?? 0) + 1,
        sentRevision: before?.sentRevision ?? 0,
      })
      await transaction.done
    })
    onState(noteId, 'saving', null)
    later(noteId, QUIET)
  }

  return {
    write(note) {
      const kept = tail.then(() => keep(note))
      tail = kept.catch(() => undefined)
      return kept
    },
    find: (threadId, callId) =>
      guarded(async () => {
        const me = await writer()
        const notes = await (await cacheDatabase()).getAllFromIndex('notes', 'threadId', threadId)
        return notes.find((note) => note.callId === callId && note.author === me)
      }),
    async resume() {
      if (author() === null) return
      const notes = await guarded(async () => (await cacheDatabase()).getAll('notes'))
      const mine = notes.filter((note) => note.author === author() && note.revision > note.sentRevision).map(({ noteId }) => noteId)
      for (const noteId of unsent) if (!mine.includes(noteId)) unsent.delete(noteId)
      onCount(unsent.size)
      await Promise.all(mine.map(deliver))
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
