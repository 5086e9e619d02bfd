import { Check, CloudOff, NotebookPen } from 'lucide'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Panel } from '../../utils/messages.ts'
import type { NOTE_LIMIT } from '../../utils/protocol/threads.ts'
import { words, wordsFor, wordsOf } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'
import { Spinner } from '../base/signs.tsx'

export type NoteState = Panel['note']['state']

// The type holds the figure to the protocol's without bringing its schemas into the pilot.
const limit: typeof NOTE_LIMIT = 20_000

/** Milliseconds of silence after which what was typed is handed over. Short: closing the tab loses at most this, and leaving hands over at once. */
const PAUSE = 150

interface Props {
  noteId: string
  /** What the desk holds. While somebody types, the text here is the truth. */
  text: string
  state: NoteState
  autoFocus?: boolean
  onWrite: (text: string) => void
}

/** Saves as one types. Snapshots that arrive meanwhile touch neither text nor caret. */
export function NoteEditor({ noteId, text, state, autoFocus = false, onWrite }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  /** What was typed and not handed over yet, and to whom: by then another note may be open. */
  const pending = useRef<{ text: string; onWrite: (text: string) => void } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [unsaid, setUnsaid] = useState(false)
  const [left, setLeft] = useState(limit - text.length)
  const id = useId()

  function handOver() {
    clearTimeout(timer.current)
    if (pending.current === null) return
    const { text, onWrite } = pending.current
    pending.current = null
    setUnsaid(false)
    onWrite(text)
  }

  useEffect(() => {
    // A tab that is closed or hidden may never come back.
    const leave = () => handOver()
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', leave)
      handOver()
    }
  }, [noteId])

  useEffect(() => {
    const area = field.current
    if (!area || document.activeElement === area || pending.current !== null || area.value === text) return
    area.value = text
    setLeft(limit - text.length)
  }, [text, noteId])

  useEffect(() => {
    // Never out of the page's hands: after a reload somebody may be typing in the CRM.
    if (autoFocus && document.hasFocus()) field.current?.focus({ preventScroll: true })
  }, [autoFocus, noteId])

  const shown = unsaid ? 'saving' : state
  return (
    <div class="note-editor">
      <label class="unseen" for={id}>
        {words('note_label')}
      </label>
      <textarea
        key={noteId}
        id={id}
        ref={field}
        defaultValue={text}
        maxLength={limit}
        placeholder={words('note_placeholder')}
        aria-describedby={`${id}-state`}
        onInput={(event) => {
          pending.current = { text: event.currentTarget.value, onWrite }
          setUnsaid(true)
          setLeft(limit - event.currentTarget.value.length)
          clearTimeout(timer.current)
          timer.current = setTimeout(handOver, PAUSE)
        }}
        onBlur={handOver}
      />
      <p class="note-state" data-state={shown} id={`${id}-state`} role="status">
        {shown === 'saving' ? <Spinner size={14} /> : <Icon of={signs[shown]} size={14} />}
        <span class="grow">{wordsOf('note_state', shown)}</span>
        {left < 500 && <span>{wordsFor(left, 'note_left')}</span>}
      </p>
    </div>
  )
}

const signs = { empty: NotebookPen, saved: Check, waiting: CloudOff } as const
