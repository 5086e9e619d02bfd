import { ArrowLeft, ExternalLink, MessagesSquare } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { nameOf, phone } from '../../utils/format.ts'
import type { Failure } from '../../utils/messages.ts'
import type { UserRef } from '../../utils/protocol/primitives.ts'
import type { NoteEntry, ThreadDetail } from '../../utils/protocol/threads.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Icon } from '../base/icon.tsx'
import { Badge, Empty, Waiting } from '../base/signs.tsx'
import { Entries } from '../thread/entries.tsx'
import { NoteEditor, type NoteState } from '../thread/note-editor.tsx'
import type { LoadSound } from '../thread/voicemail-player.tsx'
import { OwnerChoice } from './owner-choice.tsx'

interface Props {
  /** Null while it is being read. */
  detail: ThreadDetail | null
  failure: Failure | null
  me: UserRef | null
  note: { noteId: string; text: string; state: NoteState }
  loadSound: LoadSound
  /** Users who may own it; null until asked for. */
  owners: UserRef[] | null
  onAskOwners: () => void
  onOwner: (ownerId: string | null) => Promise<unknown>
  onWrite: (text: string) => void
  onEdit: (note: NoteEntry) => void
}

/** One thread: who, whose, what happened, and a note. */
export function ThreadPage({ detail, failure, me, note, loadSound, owners, onAskOwners, onOwner, onWrite, onEdit }: Props) {
  const body = useRef<HTMLDivElement>(null)
  const thread = detail?.thread
  const shown = thread?.id
  // The newest is at the end, as in every conversation. Only another thread moves the view, not a new entry while somebody reads.
  useEffect(() => {
    body.current?.scrollTo({ top: body.current.scrollHeight })
  }, [shown])
  if (!detail || !thread) {
    return <div class="thread">{failure ? <FailureBanner failure={failure} /> : <Waiting>{words('loading')}</Waiting>}</div>
  }
  return (
    <article class="thread" aria-labelledby="thread-name">
      <header class="thread-head">
        <a class="button thread-back" data-look="plain" data-only="icon" href="#/threads" aria-label={words('thread_back')}>
          <Icon of={ArrowLeft} />
        </a>
        <div class="grow">
          <h2 id="thread-name" class="thread-name">
            {nameOf(thread.contact, thread.number)}
          </h2>
          <p class="thread-under soft">
            {thread.contact?.company && <span>{thread.contact.company}</span>}
            {thread.contact && <span class="digits">{phone(thread.number)}</span>}
            <span>{thread.channel.name}</span>
            {thread.missed && <Badge tone="stop">{words('thread_missed')}</Badge>}
            {!thread.open && <Badge>{words('thread_closed')}</Badge>}
            {thread.contact?.url && (
              <a class="row" href={thread.contact.url} target="_blank" rel="noreferrer">
                {words('thread_record')} <Icon of={ExternalLink} size={14} />
              </a>
            )}
          </p>
        </div>
        <OwnerChoice owner={thread.owner} owners={owners} onAsk={onAskOwners} onOwner={onOwner} />
      </header>
      {/* Scrollable by keyboard although it may hold nothing that takes the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section class="thread-body" ref={body} tabIndex={0} aria-label={words('thread_entries')}>
        {failure && <FailureBanner failure={failure} />}
        <Entries entries={detail.entries} loadSound={loadSound} hiddenNote={note.noteId} onEdit={onEdit} myId={me?.id} />
      </section>
      <NoteEditor noteId={note.noteId} text={note.text} state={note.state} onWrite={onWrite} />
    </article>
  )
}

/** Beside the list while no thread is chosen. */
export function NoThread() {
  return (
    <div class="thread thread-none">
      <Empty icon={MessagesSquare} title={words('threads_choose')}>
        <p>{words('threads_choose_hint')}</p>
      </Empty>
    </div>
  )
}
