import { CircleCheck, Mic, MicOff, NotebookPen, PhoneOff, X } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { clock, nameOf } from '../../utils/format.ts'
import type { CurrentCall } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Timer } from '../base/clock.tsx'
import { Icon } from '../base/icon.tsx'
import { Spinner } from '../base/signs.tsx'
import { contactOf, otherEnd, Party } from './party.tsx'

interface Props {
  current: CurrentCall
  actions: Actions
  /** Whether the notes are open already. */
  notesOpen?: boolean
  /** Choice of the microphone, where the page has one to offer. */
  children?: ComponentChildren
}

/** The call that this user holds, from answering to its end. */
export function CallCard({ current, actions, notesOpen = false, children }: Props) {
  const { call, contact, phase, failure } = current
  const name = nameOf(contactOf(call, contact), otherEnd(call))
  const card = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    // The button that was pressed is gone, and the focus with it: keys and screen reader go on here instead of at the top of the page.
    if (document.hasFocus() && document.activeElement === document.body) card.current?.focus({ preventScroll: true })
  }, [phase])
  return (
    <section class="call" ref={card} tabIndex={-1} data-phase={phase} aria-label={words('call_region', name)}>
      <Party call={call} contact={contact} over={call.channel.name} />
      <CallState current={current} />
      {failure && <FailureBanner failure={failure} />}
      <div class="call-buttons">
        <CallButtons current={current} actions={actions} notesOpen={notesOpen} />
      </div>
      {settling.includes(phase) && children}
    </section>
  )
}

/** All is there from the first moment, if disabled: a button that moves as the call goes live is missed by the finger that was on its way. */
const settling: readonly CurrentCall['phase'][] = ['claiming', 'connecting', 'live']

/** Where the call stands, in words; the words are a live region, the timer beside them is not. */
function CallState({ current }: { current: CurrentCall }) {
  const { phase, liveSince } = current
  const waiting = phase === 'claiming' || phase === 'connecting' || phase === 'ending'
  return (
    <div class="call-state">
      {phase === 'live' && liveSince && (
        <strong class="call-timer">
          <Timer since={liveSince} />
        </strong>
      )}
      <span class="row" role="status">
        {waiting && <Spinner size={16} />}
        {phase === 'live' && !current.muted && <span class="call-pulse" />}
        {phase === 'ended' && <Icon of={CircleCheck} size={16} />}
        {phase === 'live' && current.muted ? <span class="call-muted">{words('muted')}</span> : said(current)}
      </span>
    </div>
  )
}

function said({ phase, liveSince, call, hungUp }: CurrentCall): string {
  if (phase === 'ending' && !hungUp) return words('phase_ending_there')
  if (phase !== 'ended') return wordsOf('phase', phase)
  const talked = liveSince && call.endedAt ? clock((Date.parse(call.endedAt) - Date.parse(liveSince)) / 1000) : null
  const ended = talked === null ? words('phase_ended') : words('phase_ended_after', talked)
  return call.outcome && call.outcome !== 'answered' ? `${ended} · ${wordsOf('outcome', call.outcome)}` : ended
}

function CallButtons({ current, actions, notesOpen }: { current: CurrentCall; actions: Actions; notesOpen: boolean }) {
  const { phase, muted } = current
  const notes = !notesOpen && (
    <Button icon={NotebookPen} disabled={phase === 'claiming'} onClick={() => actions.tell({ type: 'open-panel', threadId: null })}>
      {words('take_notes')}
    </Button>
  )
  if (phase === 'ended') {
    return (
      <>
        {notes}
        <Button icon={X} look="line" onClick={() => actions.tell({ type: 'dismiss' })}>
          {words('dismiss')}
        </Button>
      </>
    )
  }
  if (phase === 'elsewhere') return <>{notes}</>
  return (
    <>
      <Button
        icon={muted ? MicOff : Mic}
        class={muted ? 'call-unmute' : ''}
        disabled={phase !== 'live'}
        onClick={() => actions.tell({ type: 'mute', muted: !muted })}
      >
        {words(muted ? 'unmute' : 'mute')}
      </Button>
      {notes}
      <Button
        look="stop"
        icon={PhoneOff}
        class="call-end"
        disabled={phase === 'ending'}
        onClick={(event) => actions.press(event, { type: 'hang-up' })}
      >
        {words('hang_up')}
      </Button>
    </>
  )
}
