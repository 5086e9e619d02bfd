/** The thread that the desk page shows: at once from the cache, then fresh from the companion, and its note. */
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { NoteState } from '../../components/thread/note-editor.tsx'
import { onCacheChanged, readThread } from '../../utils/cache.ts'
import type { Failure } from '../../utils/messages.ts'
import type { UserRef } from '../../utils/protocol/primitives.ts'
import type { NoteEntry, ThreadDetail } from '../../utils/protocol/threads.ts'
import { Failed, type View } from '../../utils/view.ts'

interface Note {
  /** The thread that it is for. */
  threadId: string
  noteId: string
  text: string
  state: NoteState
}

export interface OpenThread {
  detail: ReadonlySignal<ThreadDetail | null>
  failure: ReadonlySignal<Failure | null>
  note: ReadonlySignal<Note>
  owners: ReadonlySignal<UserRef[] | null>
  /** Shows this thread; the same one again changes nothing. */
  open: (threadId: string | null) => void
  askOwners: () => void
  setOwner: (ownerId: string | null) => Promise<unknown>
  write: (note: Note, text: string) => void
  /** Takes up a note that exists. */
  edit: (note: NoteEntry) => void
}

const newNote = (threadId: string): Note => ({ threadId, noteId: crypto.randomUUID(), text: '', state: 'empty' })

export function createOpenThread(view: View): OpenThread {
  const detail = signal<ThreadDetail | null>(null)
  const failure = signal<Failure | null>(null)
  const note = signal<Note>(newNote(''))
  const owners = signal<UserRef[] | null>(null)
  let shown: string | null = null
  let ownersOf: string | null = null

  function open(threadId: string | null): void {
    if (threadId === shown) return
    shown = threadId
    batch(() => {
      detail.value = null
      failure.value = null
      owners.value = null
      note.value = newNote(threadId ?? '')
    })
    ownersOf = null
    if (threadId) void read(threadId)
  }

  async function read(threadId: string): Promise<void> {
    await showCached(threadId)
    try {
      const fresh = (await view.send({ type: 'read-thread', threadId })) as ThreadDetail
      if (shown === threadId) detail.value = fresh
    } catch (error) {
      // What the cache has is shown all the same, and the page says elsewhere that the companion is away.
      if (shown === threadId && !detail.value) failure.value = error instanceof Failed ? error.failure : { code: 'internal' }
    }
  }

  async function showCached(threadId: string): Promise<void> {
    const cached = await readThread(threadId).catch(() => undefined)
    if (cached && shown === threadId) detail.value = cached
  }

  onCacheChanged(({ threadIds }) => {
    if (shown && (threadIds === null || threadIds.includes(shown))) void showCached(shown)
  })

  function write({ noteId, threadId }: Note, text: string): void {
    const now = (state: NoteState) => {
      if (note.value.noteId === noteId) note.value = { threadId, noteId, text, state }
    }
    now('saving')
    view.send({ type: 'write-note', threadId, noteId, text }).then(
      () => now('saved'),
      (error: unknown) => {
        now('waiting')
        if (error instanceof Failed) failure.value = error.failure
      },
    )
  }

  return {
    detail,
    failure,
    note,
    owners,
    open,
    askOwners() {
      if (!shown || ownersOf === shown) return
      const asked = shown
      ownersOf = asked
      view.send({ type: 'list-owners', threadId: asked }).then(
        (result) => {
          if (shown === asked) owners.value = (result as { owners: UserRef[] }).owners
        },
        () => {
          ownersOf = null
        },
      )
    },
    async setOwner(ownerId) {
      if (!shown) return
      failure.value = null
      await view.send({ type: 'set-owner', threadId: shown, ownerId }).catch((error: unknown) => {
        failure.value = error instanceof Failed ? error.failure : { code: 'internal' }
      })
    },
    write,
    edit({ id, threadId, text }) {
      note.value = { threadId, noteId: id, text, state: 'saved' }
    },
  }
}
