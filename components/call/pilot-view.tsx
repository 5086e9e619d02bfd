import type { ComponentChildren } from 'preact'
import type { Snapshot } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Availability } from '../status/availability.tsx'
import { PanelView } from '../thread/panel-view.tsx'
import { CallCard } from './call-card.tsx'
import { NoticeLine } from './notice-line.tsx'
import { Offers } from './offers.tsx'

interface Props {
  snapshot: Snapshot
  actions: Actions
  /** Why a click was not let through, said in place. */
  refused: 'early' | 'covered' | null
  /** Choice of the microphone. */
  microphone?: ComponentChildren
}

/** All of the iframe over the CRM page: what rings, the call, a notice, and the notes where they are open. */
export function PilotView({ snapshot, actions, refused, microphone }: Props) {
  const { offers, call, notice, panel } = snapshot
  const inCall = call !== null && call.phase !== 'ended'
  const top = (
    <>
      {refused && (
        <p class="notice" data-tone="warn" role="alert">
          {wordsOf('guard', refused)}
        </p>
      )}
      {actions.failure && <FailureBanner failure={actions.failure} />}
      {notice && <NoticeLine notice={notice} />}
      {/* A ring that needs an answer comes before a call that has ended; a running call stays in its place. */}
      {!inCall && <Offers offers={offers} inCall={false} actions={actions} />}
      {call && (
        <CallCard current={call} actions={actions} notesOpen={panel !== null}>
          {microphone}
        </CallCard>
      )}
      {inCall && <Offers offers={offers} inCall actions={actions} />}
      {/* In a call and while it rings there is nothing to decide here. */}
      {(panel || call?.phase === 'ended') && !inCall && offers.length === 0 && (
        <Availability snapshot={snapshot} actions={actions} compact />
      )}
    </>
  )
  if (!panel) {
    return (
      <main class="pilot">
        <h1 class="unseen">{words('extension_name')}</h1>
        {top}
      </main>
    )
  }
  return (
    <main class="pilot" data-panel>
      <div class="pilot-top">{top}</div>
      <PanelView snapshot={snapshot} panel={panel} actions={actions} />
    </main>
  )
}
