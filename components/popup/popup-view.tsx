import { ExternalLink, Eye, LogIn } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { Snapshot } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { LineBanner } from '../base/line-banner.tsx'
import { Mark } from '../base/mark.tsx'
import { Waiting } from '../base/signs.tsx'
import { CallCard } from '../call/call-card.tsx'
import { NoticeLine } from '../call/notice-line.tsx'
import { Offers } from '../call/offers.tsx'
import { Availability } from '../status/availability.tsx'
import { MissedList } from '../status/missed-list.tsx'
import { Unsent } from '../status/unsent.tsx'

interface Props {
  /** Null until the desk has spoken. */
  snapshot: Snapshot | null
  actions: Actions
  /** The site in front: whether Ringside is shown there. */
  site?: ComponentChildren
  microphone?: ComponentChildren
}

/** The toolbar popup: everything at a glance, whichever tab is open. */
export function PopupView({ snapshot, actions, site, microphone }: Props) {
  return (
    <main class="popup">
      <header class="popup-head">
        <Mark size={28} />
        <div class="grow">
          <h1>Ringside</h1>
          {snapshot?.me && <p class="faint cut">{words('signed_in_as', snapshot.me.user.name)}</p>}
        </div>
        {snapshot?.me && <Button look="plain" icon={ExternalLink} label={words('open_desk')} onClick={() => actions.open('/threads')} />}
      </header>
      {snapshot ? (
        <Body snapshot={snapshot} actions={actions} site={site} microphone={microphone} />
      ) : (
        <Waiting>{words('starting')}</Waiting>
      )}
    </main>
  )
}

function Body({ snapshot, actions, site, microphone }: Props & { snapshot: Snapshot }) {
  const { line, me, offers, call, notice } = snapshot
  if (line.state === 'signed-out' || (line.state === 'refused' && !me)) {
    return (
      <div class="popup-part stack">
        {line.failure && <FailureBanner failure={line.failure} />}
        <Unsent count={snapshot.unsent} signedOut />
        <p>{words('popup_sign_in_hint')}</p>
        <Button look="main" icon={LogIn} onClick={() => actions.open('/sign-in')}>
          {words('sign_in')}
        </Button>
      </div>
    )
  }
  const inCall = call !== null && call.phase !== 'ended'
  const callCard = call && (
    <div class="card">
      <CallCard current={call} actions={actions}>
        {microphone}
      </CallCard>
    </div>
  )
  const ringing = offers.length > 0 && (
    <div class="card">
      <Offers offers={offers} inCall={inCall} actions={actions} />
    </div>
  )
  return (
    <>
      {actions.failure && <FailureBanner failure={actions.failure} />}
      {notice && <NoticeLine notice={notice} />}
      {inCall ? [callCard, ringing] : [ringing, callCard]}
      {me ? (
        <div class="popup-part">
          <Availability snapshot={snapshot} actions={actions} />
        </div>
      ) : (
        line.state === 'connecting' && <Waiting>{words('line_connecting')}</Waiting>
      )}
      <LineBanner line={line} />
      {snapshot.voice.failure && me?.reason !== 'voice-not-running' && <FailureBanner failure={snapshot.voice.failure} />}
      <Unsent count={snapshot.unsent} />
      {me && (
        <div class="popup-part">
          <MissedList notifications={snapshot.notifications} actions={actions} />
        </div>
      )}
      {me && site}
    </>
  )
}

/** The site of the tab in front: allow it, or say that it is allowed. */
export function SiteRow({
  host,
  allowed,
  tabHidden,
  failed,
  onAllow,
  onShowTab,
}: {
  host: string | null
  allowed: boolean
  /** The person hid the edge tab there. */
  tabHidden: boolean
  failed: boolean
  onAllow: () => void
  onShowTab: () => void
}) {
  if (!host) return <p class="faint popup-site">{words('popup_site_none')}</p>
  if (allowed && tabHidden) {
    return (
      <div class="popup-site row">
        <p class="faint grow">{words('tab_hidden_here', host)}</p>
        <Button look="line" size="small" icon={Eye} onClick={onShowTab}>
          {words('tab_show')}
        </Button>
      </div>
    )
  }
  if (allowed) return <p class="faint popup-site cut">{words('popup_site_allowed', host)}</p>
  return (
    <div class="popup-site stack">
      <Button look="line" onClick={onAllow}>
        <span class="cut">{words('popup_site_allow', host)}</span>
      </Button>
      {failed ? <Banner tone="warn" role="alert" title={words('sites_refused')} /> : <p class="faint">{words('popup_site_hint')}</p>}
    </div>
  )
}
