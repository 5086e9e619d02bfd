import { ExternalLink, X } from 'lucide'
import { nameOf, phone } from '../../utils/format.ts'
import type { Panel, Snapshot } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { LineBanner } from '../base/line-banner.tsx'
import { Waiting } from '../base/signs.tsx'
import { Entries } from './entries.tsx'
import { NoteEditor } from './note-editor.tsx'
import { loadBySending } from './sound.ts'

/** The notes panel beside the CRM page: the thread above, the note of this call below (IN3). */
export function PanelView({ snapshot, panel, actions }: { snapshot: Snapshot; panel: Panel; actions: Actions }) {
  const { thread } = panel
  return (
    <section class="panel" onPointerDown={(event) => event.stopPropagation()} aria-label={words('panel_label')}>
      <header class="panel-head">
        <div class="grow">
          <h1 class="cut">{thread ? nameOf(thread.thread.contact, thread.thread.number) : words('panel_label')}</h1>
          {thread && (
            <p class="faint cut">
              {[thread.thread.contact && phone(thread.thread.number), thread.thread.channel.name].filter(Boolean).join(' · ')}
            </p>
          )}
        </div>
        <Button
          look="plain"
          icon={ExternalLink}
          label={words('panel_open_thread')}
          onClick={() => actions.open(`/threads/${panel.threadId}`)}
        />
        <Button look="plain" icon={X} label={words('panel_close')} onClick={() => actions.tell({ type: 'close-panel' })} />
      </header>
      <div class="panel-body">
        <LineBanner line={snapshot.line} />
        {panel.failure && <FailureBanner failure={panel.failure} />}
        {thread ? (
          <Entries entries={thread.entries} loadSound={loadBySending(actions)} hiddenNote={panel.note.noteId} />
        ) : (
          !panel.failure && <Waiting>{words('panel_reading')}</Waiting>
        )}
      </div>
      <NoteEditor
        noteId={panel.note.noteId}
        text={panel.note.text}
        state={panel.note.state}
        autoFocus
        onWrite={(text) => actions.tell({ type: 'write-note', threadId: panel.threadId, noteId: panel.note.noteId, text })}
      />
    </section>
  )
}
