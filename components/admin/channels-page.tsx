import { Hash, ListTree, PhoneCall, Plus, UserSearch } from 'lucide'
import { useId, useState } from 'preact/hooks'
import { phone, when } from '../../utils/format.ts'
import type { ChannelSummary, Draft } from '../../utils/protocol/channels.ts'
import { words, wordsFor, wordsOf } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Badge, Empty } from '../base/signs.tsx'
import { Switch } from '../base/switch.tsx'
import type { Admin } from './ask.ts'
import { Dialog } from './dialog.tsx'
import { Opening } from './opening.tsx'
import { Repair } from './repair.tsx'
import { useAsked } from './use-asked.ts'
import { nextChange } from './when.ts'

/** Every channel with what an admin wants to know at a glance (MA1), and the half-finished wizards (CH7). */
export function ChannelsPage({ admin }: { admin: Admin }) {
  const { data, failure, again } = useAsked(admin.ask, 'listChannels')
  const [flipping, setFlipping] = useState<ChannelSummary | null>(null)
  const connect = () => admin.go(`/channels/draft/${crypto.randomUUID()}`)
  return (
    <div class="page page-wide stack">
      <header class="page-head">
        <h1 class="page-title grow">{words('channels_title')}</h1>
        <Button look="line" icon={Hash} onClick={() => admin.go('/channels/numbers')}>
          {words('numbers_title')}
        </Button>
        <Button look="line" icon={UserSearch} onClick={() => admin.go('/channels/ring')}>
          {words('ring_title')}
        </Button>
        <Button look="main" icon={Plus} onClick={connect}>
          {words('channels_connect')}
        </Button>
      </header>
      {(!data || failure) && <Opening failure={failure} again={again} />}
      {data && <Drafts drafts={data.drafts.filter(({ channelId }) => channelId === null)} admin={admin} again={again} />}
      {data?.channels.length === 0 && (
        <section class="page-part">
          <Empty icon={PhoneCall} title={words('channels_none')}>
            <p>{words('channels_none_hint')}</p>
            <Button look="main" icon={Plus} onClick={connect}>
              {words('channels_connect')}
            </Button>
          </Empty>
        </section>
      )}
      <ul class="stack">
        {data?.channels.map((channel) => (
          <Line key={channel.id} channel={channel} admin={admin} again={again} onFlip={() => setFlipping(channel)} />
        ))}
      </ul>
      {flipping && <FlipDialog channel={flipping} admin={admin} onDone={again} onClose={() => setFlipping(null)} />}
    </div>
  )
}

function Line({ channel, admin, again, onFlip }: { channel: ChannelSummary; admin: Admin; again: () => void; onFlip: () => void }) {
  const id = useId()
  return (
    <li class="page-part channel-line">
      <div class="row channel-head">
        <div class="grow">
          <h2 class="channel-name">
            <a href={`#/channels/edit/${channel.id}`}>{channel.name}</a>
          </h2>
          <p class="soft digits">{channel.number ? phone(channel.number) : words('channel_no_number')}</p>
        </div>
        <span id={id} class="soft">
          <span class="unseen">{channel.name}: </span>
          {words(channel.enabled ? 'channel_on' : 'channel_off')}
        </span>
        <Switch labelledBy={id} on={channel.enabled} onFlip={onFlip} />
      </div>
      <div class="chips">
        <Badge {...(channel.open && channel.enabled && { tone: 'go' as const })}>
          {words(channel.open ? 'hours_open_now' : 'hours_closed_now')}
        </Badge>
        {channel.nextChange && <span class="soft">{nextChange(channel.open, channel.nextChange, channel.timeZone)}</span>}
        <span class="soft">{words('channel_reachable', channel.reachable, channel.users)}</span>
        {channel.callsNow > 0 && <Badge tone="accent">{wordsFor(channel.callsNow, 'channel_calls')}</Badge>}
      </div>
      {channel.reachable === 0 && channel.enabled && channel.open && <Banner tone="warn" title={words('channel_nobody')} />}
      {channel.wired === false && <Repair number={channel.number} admin={admin} again={again} />}
    </li>
  )
}

/** Says what callers will hear, before it is so (MA3). */
export function FlipDialog({
  channel,
  admin,
  onDone,
  onClose,
}: {
  channel: ChannelSummary
  admin: Admin
  onDone: () => void
  onClose: () => void
}) {
  const detail = useAsked(admin.ask, 'readChannel', { channelId: channel.id })
  const enabled = !channel.enabled
  const greetings = detail.data?.settings.greetings
  const heard = greetings?.closed
  return (
    <Dialog
      title={words(enabled ? 'channel_enable_ask' : 'channel_disable_ask', channel.name)}
      does={words(enabled ? 'channel_enable' : 'channel_disable')}
      look={enabled ? 'main' : 'stop'}
      onDo={() => admin.ask('setChannelEnabled', { channelId: channel.id }, { enabled }).then(onDone)}
      onClose={onClose}
    >
      {enabled ? (
        <p>{words('channel_enable_hint')}</p>
      ) : (
        <>
          <p>{words('channel_disable_hint')}</p>
          {heard && <blockquote class="heard">{heard.uploadId ? words('greeting_recorded') : heard.text}</blockquote>}
          <p class="soft">{words('channel_disable_calls')}</p>
        </>
      )}
    </Dialog>
  )
}

function Drafts({ drafts, admin, again }: { drafts: Draft[]; admin: Admin; again: () => void }) {
  const [throwing, setThrowing] = useState<Draft | null>(null)
  if (drafts.length === 0) return null
  return (
    <section class="page-part stack">
      <h2>{words('drafts_title')}</h2>
      <ul class="stack">
        {drafts.map((draft) => (
          <li key={draft.id} class="row wrap">
            <span class="grow">
              <strong>{draft.settings.name}</strong>{' '}
              <span class="soft digits">{draft.number.how === 'undecided' ? words('draft_no_number') : phone(draft.number.e164)}</span>
              <span class="faint block">{words('draft_by', wordsOf('step', draft.step), draft.startedBy.name, when(draft.updatedAt))}</span>
            </span>
            <Button size="small" look="plain" onClick={() => setThrowing(draft)}>
              {words('draft_discard')}
            </Button>
            <Button size="small" look="line" icon={ListTree} onClick={() => admin.go(`/channels/draft/${draft.id}`)}>
              {words('draft_go_on')}
            </Button>
          </li>
        ))}
      </ul>
      {throwing && (
        <Dialog
          title={words('draft_discard_ask', throwing.settings.name)}
          does={words('draft_discard')}
          look="stop"
          onDo={() => admin.ask('discardDraft', { draftId: throwing.id }, null).then(again)}
          onClose={() => setThrowing(null)}
        >
          <p>{words(throwing.number.how === 'claimed' ? 'draft_discard_bought' : 'draft_discard_hint')}</p>
        </Dialog>
      )}
    </section>
  )
}
