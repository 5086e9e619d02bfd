import { Building2, Globe, type IconNode, MessagesSquare, Mic, PhoneCall, UserRound, Users } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { Snapshot } from '../../utils/messages.ts'
import { unreadCount } from '../../utils/unread.ts'
import { words } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Icon } from '../base/icon.tsx'
import { LineBanner } from '../base/line-banner.tsx'
import { Mark } from '../base/mark.tsx'
import { CallCard } from '../call/call-card.tsx'
import { NoticeLine } from '../call/notice-line.tsx'
import { Offers } from '../call/offers.tsx'
import { Availability } from '../status/availability.tsx'
import { Unsent } from '../status/unsent.tsx'

export type AdminPlace = 'channels' | 'people' | 'company'
export type Place = 'threads' | 'microphone' | 'sites' | 'account' | AdminPlace

export const isAdminPlace = (place: string): place is AdminPlace => adminPlaces.some((one) => one.place === place)

const adminPlaces: { place: AdminPlace; icon: IconNode; key: string }[] = [
  { place: 'channels', icon: PhoneCall, key: 'nav_channels' },
  { place: 'people', icon: Users, key: 'nav_people' },
  { place: 'company', icon: Building2, key: 'nav_company' },
]

const places: { place: Place; icon: IconNode; key: string }[] = [
  { place: 'threads', icon: MessagesSquare, key: 'nav_threads' },
  { place: 'microphone', icon: Mic, key: 'nav_microphone' },
  { place: 'sites', icon: Globe, key: 'nav_sites' },
  { place: 'account', icon: UserRound, key: 'nav_settings' },
]

interface Props {
  snapshot: Snapshot
  actions: Actions
  place: Place
  /** Whether a thread is open: where there is room for one column only, it takes the list's place. */
  open?: boolean
  microphone?: ComponentChildren
  children: ComponentChildren
}

/** The desk page's frame: where one is, the toggle, and whatever rings or is being spoken. */
export function Shell({ snapshot, actions, place, open = false, microphone, children }: Props) {
  const { notifications, call, offers, notice, line } = snapshot
  const shown = snapshot.me?.user.role === 'admin' ? [...places.slice(0, 1), ...adminPlaces, ...places.slice(1)] : places
  const inCall = call !== null && call.phase !== 'ended'
  return (
    <div class="shell">
      <a class="shell-skip" href="#content">
        {words('skip_to_content')}
      </a>
      <header class="shell-side">
        <p class="shell-brand">
          <Mark size={28} /> Ringside
        </p>
        <Availability snapshot={snapshot} actions={actions} />
        <nav aria-label={words('nav_label')}>
          <ul>
            {shown.map(({ place: to, icon, key }) => (
              <li key={to}>
                <a class="shell-link" href={`#/${to}`} aria-current={to === place ? 'page' : undefined}>
                  <Icon of={icon} />
                  <span class="grow cut">{words(key)}</span>
                  {to === 'threads' && notifications.length > 0 && (
                    <span class="shell-count">
                      <span class="unseen">{words('popup_missed')}: </span>
                      {unreadCount(notifications.length)}
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="shell-dock">
          {actions.failure && <FailureBanner failure={actions.failure} />}
          {notice && <NoticeLine notice={notice} />}
          {(call || offers.length > 0) && (
            <div class="card">
              {!inCall && <Offers offers={offers} inCall={false} actions={actions} />}
              {call && (
                <CallCard current={call} actions={actions} notesOpen>
                  {microphone}
                </CallCard>
              )}
              {inCall && <Offers offers={offers} inCall actions={actions} />}
            </div>
          )}
          <LineBanner line={line} />
          <Unsent count={snapshot.unsent} />
        </div>
      </header>
      <main class="shell-main" id="content" tabIndex={-1} data-place={place} data-open={open}>
        {children}
      </main>
    </div>
  )
}
