/** Every screen in every state: name → what is shown, and how wide the place is where it is shown. */

import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import type { Actions } from '../../components/actions.ts'
import { ChannelPage } from '../../components/admin/channel-page.tsx'
import { ChannelsPage, FlipDialog } from '../../components/admin/channels-page.tsx'
import { CompanyPage } from '../../components/admin/company-page.tsx'
import { Conflict } from '../../components/admin/conflict.tsx'
import { CopyHours } from '../../components/admin/copy-hours.tsx'
import { TypedDialog } from '../../components/admin/dialog.tsx'
import { ExistingNumber } from '../../components/admin/existing-number.tsx'
import { Offer } from '../../components/admin/new-number.tsx'
import { NumbersPage } from '../../components/admin/numbers-page.tsx'
import { PeoplePage } from '../../components/admin/people-page.tsx'
import { PersonDialog } from '../../components/admin/person-dialog.tsx'
import { RingOutcome } from '../../components/admin/ring-outcome.tsx'
import { RingPage } from '../../components/admin/ring-page.tsx'
import { TeamDialog } from '../../components/admin/team-dialog.tsx'
import { Wizard } from '../../components/admin/wizard.tsx'
import { MicrophoneChoice } from '../../components/call/microphone-choice.tsx'
import { PilotView } from '../../components/call/pilot-view.tsx'
import { AccountPage } from '../../components/desk/account-page.tsx'
import { type MicrophoneCheck, MicrophonePage } from '../../components/desk/microphone-page.tsx'
import { type Place, Shell } from '../../components/desk/shell.tsx'
import { SignIn } from '../../components/desk/sign-in.tsx'
import { SitesPage, type SiteWord } from '../../components/desk/sites-page.tsx'
import { Steps } from '../../components/desk/steps.tsx'
import { ThreadList } from '../../components/desk/thread-list.tsx'
import { NoThread, ThreadPage } from '../../components/desk/thread-page.tsx'
import { PopupView, SiteRow } from '../../components/popup/popup-view.tsx'
import type { Failure, Snapshot } from '../../utils/messages.ts'
import type { ChannelSummary, Draft } from '../../utils/protocol/channels.ts'
import type { Thread, ThreadDetail } from '../../utils/protocol/threads.ts'
import { words } from '../../utils/words.ts'
import { adminWith, channelLines, draft, offer, people, preview, settings, teams } from './admin.ts'
import { anna, at, id, long, piotr } from './people.ts'
import { but, pilotStates, popupStates, ready, type SnapshotName, snapshots } from './snapshots.ts'
import { detail, manyThreads, notifications, strainedDetail, threads } from './threads.ts'

export interface Screen {
  width: number
  height: number
  show: () => VNode
}

export const actions: Actions = {
  send: async () => null,
  tell: () => {},
  failure: null,
  press: () => {},
  reach: () => undefined,
  open: () => {},
}

const microphones = [
  { id: 'a', name: 'Jabra Evolve2 65 Mono (0b0e:2e56) – a headset with a rather long name' },
  { id: 'b', name: '' },
]

const microphone = <MicrophoneChoice microphones={microphones} devices={ready.devices} actions={actions} />

const pilot = (snapshot: Snapshot, refused: 'early' | 'covered' | null = null) => (
  <PilotView snapshot={snapshot} actions={actions} refused={refused} microphone={microphone} />
)

const popup = (snapshot: Snapshot | null, tabHidden = false) => (
  <PopupView
    snapshot={snapshot}
    actions={actions}
    microphone={microphone}
    site={
      <SiteRow host="crm.example.com" allowed={tabHidden} tabHidden={tabHidden} failed={false} onAllow={() => {}} onShowTab={() => {}} />
    }
  />
)

const desk = (place: Place, content: VNode | VNode[], snapshot: Snapshot = ready, open = false) => (
  <Shell snapshot={snapshot} actions={actions} place={place} open={open} microphone={microphone}>
    {content}
  </Shell>
)

const nothing = () => {}
const chosen: Draft = { ...draft, number: { how: 'existing', numberId: id(920), e164: '+48225551234' } }
const list = (shown: Thread[] | null, filter: 'all' | 'missed' = 'all', selected: string | null = null, failed = false) => (
  <ThreadList threads={shown} filter={filter} selected={selected} text="" failed={failed} onFilter={nothing} onSearch={nothing} />
)
const one = (shown: ThreadDetail | null, failed = false) => (
  <ThreadPage
    detail={shown}
    failure={failed ? { code: 'companion_unreachable' } : null}
    me={anna}
    note={{ noteId: id(601), text: '', state: 'empty' }}
    loadSound={async () => ({ url: 'data:,', release: nothing })}
    owners={[anna, piotr, long]}
    onAskOwners={nothing}
    onOwner={async () => null}
    onWrite={nothing}
    onEdit={nothing}
  />
)

const idle: MicrophoneCheck = { state: 'idle', heard: false, microphones: [], speakers: [] }
const check = (change: Partial<MicrophoneCheck>, granted = false) =>
  desk(
    'microphone',
    <MicrophonePage
      check={{ ...idle, ...change }}
      level={signal(0.6)}
      granted={granted}
      devices={ready.devices}
      firefox={false}
      onStart={nothing}
      onStop={nothing}
      onChoose={nothing}
      onPlay={nothing}
    />,
  )
const sites = (origins: string[] | null, word: SiteWord | null = null) =>
  desk(
    'sites',
    <SitesPage sites={origins} hidden={origins?.slice(0, 1) ?? []} word={word} onAdd={nothing} onRemove={nothing} onShowTab={nothing} />,
  )
const welcome = (failed: boolean) => (
  <main class="welcome">
    <Steps progress={{ signedIn: false, microphone: false, site: false }} />
    <SignIn failure={failed ? { code: 'link_expired' } : null} unsent={failed ? 2 : 0} onSignIn={async () => null} />
  </main>
)

const asAdmin = but({ me: ready.me && { ...ready.me, user: { ...ready.me.user, role: 'admin' } } })
const never = new Promise(() => {})
const refusing = (code: Failure['code']) => Object.assign(new Error(code), { failure: { code } })
const conflict: Failure = { code: 'changed_meanwhile', details: { by: long.name, at: at(-60), parts: 'name,ringSeconds,userIds' } }
const managed = (place: Place, content: VNode) => desk(place, content, asAdmin)
const framed = (name: string, part: VNode) =>
  managed(
    'channels',
    <div class="page page-wide stack">
      <h1 class="page-title">{name}</h1>
      {part}
    </div>,
  )
const wizard = (step: Draft['step'], change: Partial<Draft> = {}) =>
  managed('channels', <Wizard key={step} draftId={draft.id} admin={adminWith({ readDraft: { ...draft, step, ...change } })} />)

const deskScreens: Record<string, () => VNode> = {
  threads: () => desk('threads', [list(threads, 'all', threads[0]?.id), one(detail)], but({ notifications }), true),
  'threads-strained': () => desk('threads', [list(threads, 'all', threads[1]?.id), one(strainedDetail)], snapshots['live-strained'], true),
  'threads-none-chosen': () => desk('threads', [list(threads), <NoThread key="none" />]),
  'threads-many': () => desk('threads', [list(manyThreads(50_000)), <NoThread key="none" />]),
  'threads-empty': () => desk('threads', [list([]), <NoThread key="none" />]),
  'threads-empty-filter': () => desk('threads', [list([], 'missed'), <NoThread key="none" />]),
  'threads-loading': () => desk('threads', [list(null), one(null)], ready, true),
  'threads-failed': () => desk('threads', [list([], 'all', null, true), one(null, true)], ready, true),
  'threads-offline': () => desk('threads', [list(threads, 'all', threads[0]?.id), one(detail)], snapshots.lost, true),
  'threads-ringing': () => desk('threads', [list(threads), <NoThread key="none" />], snapshots.ringing),
  'threads-live': () => desk('threads', [list(threads), one(detail)], snapshots['live-second-call'], true),
  'microphone-ask': () => check({}),
  'microphone-asking': () => check({ state: 'asking' }),
  'microphone-listening': () => check({ state: 'listening', heard: true, microphones, speakers: microphones }, true),
  'microphone-granted': () => check({ microphones, speakers: microphones }, true),
  'microphone-refused': () => check({ state: 'refused' }),
  'microphone-missing': () => check({ state: 'missing' }),
  sites: () =>
    sites(['https://crm.example.com', 'http://localhost:4200', 'https://a-rather-long-name-of-a-company.crm-in-the-cloud.example.com']),
  'sites-none': () => sites([], { kind: 'refused' }),
  'sites-added': () => sites(['https://crm.example.com'], { kind: 'added', site: 'crm.example.com' }),
  'sites-loading': () => sites(null, { kind: 'bad-address' }),
  account: () => desk('account', <AccountPage snapshot={ready} actions={actions} onCopyReport={async () => {}} />),
  channels: () => managed('channels', <ChannelsPage admin={adminWith()} />),
  'channels-none': () => managed('channels', <ChannelsPage admin={adminWith({ listChannels: { channels: [], drafts: [] } })} />),
  'channels-failed': () => managed('channels', <ChannelsPage admin={adminWith({ listChannels: undefined })} />),
  'channels-numbers': () => managed('channels', <NumbersPage admin={adminWith()} />),
  'wizard-number': () => wizard('number'),
  'wizard-number-offer': () =>
    framed(
      words('channels_connect'),
      <Offer offer={offer} draft={draft} admin={adminWith()} busy={false} onClaimed={nothing} onAgain={nothing} />,
    ),
  'wizard-number-existing': () =>
    framed(words('channels_connect'), <ExistingNumber draft={chosen} admin={adminWith()} onChosen={nothing} />),
  'wizard-number-claimed': () => wizard('number', { number: { how: 'claimed', numberId: id(1), e164: '+48221234567' } }),
  'wizard-tickets': () => wizard('tickets'),
  'wizard-routing': () => wizard('routing'),
  'wizard-finish': () => wizard('finish', { number: { how: 'existing', numberId: id(1), e164: '+48221234567' } }),
  'wizard-live': () => wizard('finish', { number: { how: 'claimed', numberId: id(1), e164: '+48221234567' }, channelId: id(20) }),
  'channel-name': () => managed('channels', <ChannelPage channelId={id(20)} tab="name" admin={adminWith()} />),
  'channel-hours': () => managed('channels', <ChannelPage channelId={id(20)} tab="hours" admin={adminWith()} />),
  'channel-people': () => managed('channels', <ChannelPage channelId={id(20)} tab="people" admin={adminWith()} />),
  'channel-greetings': () => managed('channels', <ChannelPage channelId={id(20)} tab="greetings" admin={adminWith()} />),
  'ring-ask': () => managed('channels', <RingPage admin={adminWith()} />),
  'ring-outcome': () => framed(words('ring_title'), <RingOutcome preview={preview} timeZone="Europe/Warsaw" />),
  'wizard-new': () => managed('channels', <Wizard key="new" draftId={draft.id} admin={adminWith({ readDraft: refusing('not_found') })} />),
  'channel-failed': () => managed('channels', <ChannelPage channelId={id(20)} tab="name" admin={adminWith({ readChannel: undefined })} />),
  'channel-loading': () => managed('channels', <ChannelPage channelId={id(20)} tab="name" admin={adminWith({ readChannel: never })} />),
  'channel-ticket': () => managed('channels', <ChannelPage channelId={id(20)} tab="ticket" admin={adminWith()} />),
  'channel-conflict': () =>
    framed(
      'Support',
      <Conflict failure={conflict} admin={adminWith()} read={async () => ({ settings })} onMine={nothing} onTheirs={nothing} />,
    ),
  'channel-off-ask': () =>
    managed('channels', <FlipDialog channel={channelLines[0] as ChannelSummary} admin={adminWith()} onDone={nothing} onClose={nothing} />),
  'channel-copy-hours': () => managed('channels', <CopyHours hours={settings.hours} from={1} onCopy={nothing} onClose={nothing} />),
  'release-ask': () =>
    managed(
      'channels',
      <TypedDialog
        title={words('release_ask', '+48 22 555 12 34')}
        does={words('release')}
        shown="+48 22 555 12 34"
        onTyped={async () => null}
        onClose={nothing}
      >
        <p>{words('release_for_ever')}</p>
      </TypedDialog>,
    ),
  'channels-loading': () => managed('channels', <ChannelsPage admin={adminWith({ listChannels: never })} />),
  'people-invite': () => managed('people', <PersonDialog person={null} teams={teams} onDo={async () => null} onClose={nothing} />),
  'people-team': () =>
    managed(
      'people',
      <TeamDialog team={{ id: id(900), name: '', memberIds: [] }} people={people} onDo={async () => null} onClose={nothing} />,
    ),
  'people-failed': () => managed('people', <PeoplePage admin={adminWith({ listPeople: undefined })} />),
  people: () => managed('people', <PeoplePage admin={adminWith()} />),
  company: () => managed('company', <CompanyPage admin={adminWith()} />),
  'sign-in': () => welcome(false),
  'sign-in-failed': () => welcome(true),
}

const phone = { width: 340, height: 320 }
const side = { width: 400, height: 760 }

export const screens: Record<string, Screen> = {
  ...named('pilot', pilotStates, (name) => ({ ...(name.startsWith('panel') ? side : phone), show: () => pilot(snapshots[name]) })),
  'pilot/guarded': { ...phone, show: () => pilot(snapshots.ringing, 'covered') },
  'pilot/early': { ...phone, show: () => pilot(snapshots.ringing, 'early') },
  ...named('popup', popupStates, (name) => ({ width: 360, height: 600, show: () => popup(snapshots[name]) })),
  'popup/starting': { width: 360, height: 200, show: () => popup(null) },
  'popup/tab-hidden': { width: 360, height: 600, show: () => popup(ready, true) },
  ...named('desk', Object.keys(deskScreens), (name) => ({ width: 1280, height: 800, show: deskScreens[name] as () => VNode })),
}

function named<N extends string>(surface: string, names: readonly N[], screen: (name: N) => Screen): Record<string, Screen> {
  return Object.fromEntries(names.map((name) => [`${surface}/${name}`, screen(name)]))
}

export type { SnapshotName }
