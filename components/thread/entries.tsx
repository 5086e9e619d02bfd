import type { IconNode } from 'lucide'
import { ArrowRightLeft, NotebookPen, Pencil, PhoneForwarded, PhoneIncoming, PhoneMissed, PhoneOutgoing, Voicemail } from 'lucide'
import type { ComponentChildren } from 'preact'
import { duration, fullDate, when } from '../../utils/format.ts'
import type { CallEntry, Entry, NoteEntry } from '../../utils/protocol/threads.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Button } from '../base/button.tsx'
import { Icon } from '../base/icon.tsx'
import { Badge } from '../base/signs.tsx'
import { Ledger } from './ledger.tsx'
import { type LoadSound, VoicemailPlayer } from './voicemail-player.tsx'

interface Props {
  entries: Entry[]
  loadSound: LoadSound
  /** The note that an editor shows instead. */
  hiddenNote?: string | undefined
  /** Set where this user's own notes may be taken up again. */
  onEdit?: ((note: NoteEntry) => void) | undefined
  myId?: string | undefined
}

/** A thread's entries in order of time (TH1). */
export function Entries({ entries, loadSound, hiddenNote, onEdit, myId }: Props) {
  const shown = entries.filter((entry) => entry.id !== hiddenNote).sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq)
  return (
    <ol class="entries" aria-label={words('thread_entries')}>
      {shown.map((entry) => (
        <li key={entry.id}>
          <OneEntry entry={entry} loadSound={loadSound} onEdit={entry.author?.id === myId ? onEdit : undefined} />
        </li>
      ))}
    </ol>
  )
}

function OneEntry({ entry, loadSound, onEdit }: { entry: Entry; loadSound: LoadSound; onEdit?: Props['onEdit'] }) {
  switch (entry.type) {
    case 'call':
      return <CallLine entry={entry} />
    case 'note':
      return <NoteLine entry={entry} onEdit={onEdit} />
    case 'voicemail':
      return (
        <Frame icon={Voicemail} title={words('entry_voicemail')} entry={entry} aside={duration(entry.seconds)}>
          <VoicemailPlayer recordingId={entry.recordingId} seconds={entry.seconds} load={loadSound} />
        </Frame>
      )
    case 'system':
      return (
        <p class="entry-system">
          <Icon of={entry.event === 'owner-changed' ? ArrowRightLeft : PhoneForwarded} size={14} />
          <span class="grow">{systemWords(entry)}</span>
          <When at={entry.at} />
        </p>
      )
  }
}

function CallLine({ entry }: { entry: CallEntry }) {
  const answered = entry.outcome === 'answered' || entry.outcome === null
  const icon = !answered ? PhoneMissed : entry.direction === 'inbound' ? PhoneIncoming : PhoneOutgoing
  const outcome = entry.outcome ? wordsOf('outcome', entry.outcome) : words('outcome_going')
  return (
    <Frame
      icon={icon}
      tone={answered ? 'go' : 'stop'}
      title={words(entry.direction === 'inbound' ? 'entry_inbound' : 'entry_outbound')}
      entry={entry}
      aside={<Badge tone={entry.outcome === null ? 'accent' : answered ? 'go' : 'stop'}>{outcome}</Badge>}
    >
      {entry.missedReason && <p class="soft">{wordsOf('missed', entry.missedReason)}</p>}
      <Ledger lines={entry.ledger} />
    </Frame>
  )
}

function NoteLine({ entry, onEdit }: { entry: NoteEntry; onEdit?: Props['onEdit'] }) {
  const edit = onEdit && <Button look="plain" size="small" icon={Pencil} label={words('entry_edit')} onClick={() => onEdit(entry)} />
  return (
    <Frame icon={NotebookPen} title={entry.author?.name ?? words('entry_note')} entry={entry} aside={edit}>
      <p class="note-text">{entry.text}</p>
      {entry.revision > 1 && Date.parse(entry.editedAt) - Date.parse(entry.at) > 60_000 && (
        <p class="faint">{words('entry_note_edited', when(entry.editedAt))}</p>
      )}
    </Frame>
  )
}

interface FrameProps {
  icon: IconNode
  tone?: 'go' | 'stop'
  title: string
  entry: Entry
  aside?: ComponentChildren
  children: ComponentChildren
}

function Frame({ icon, tone, title, entry, aside, children }: FrameProps) {
  const by =
    entry.type === 'call' && [entry.author?.name, entry.seconds ? words('entry_talked', duration(entry.seconds)) : ''].filter(Boolean)
  return (
    <article class="entry" data-type={entry.type}>
      <span class="entry-icon" data-tone={tone}>
        <Icon of={icon} size={16} />
      </span>
      <div class="grow stack">
        <header class="row">
          <p class="grow">
            <strong>{title}</strong> <When at={entry.at} />
            {by && by.length > 0 && <span class="entry-by soft">{by.join(' · ')}</span>}
          </p>
          {aside}
        </header>
        {children}
      </div>
    </article>
  )
}

function When({ at }: { at: string }) {
  return (
    <time class="faint" dateTime={at} title={fullDate(at)}>
      {when(at)}
    </time>
  )
}

function systemWords(entry: Extract<Entry, { type: 'system' }>): string {
  if (entry.event !== 'owner-changed') return wordsOf('system', entry.event)
  const { to } = entry.details
  if (!to) return words('system_owner_removed')
  return entry.author ? words('system_owner_changed', entry.author.name, to) : words('system_owner_set', to)
}
