import { Save, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { phone, when } from '../../utils/format.ts'
import type { ChannelDetail, ChannelSettings } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Spinner } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { Back } from './back.tsx'
import { Conflict } from './conflict.tsx'
import { TypedDialog } from './dialog.tsx'
import { Opening } from './opening.tsx'
import { Parts } from './parts.tsx'
import { RingAsk } from './ring-ask.tsx'
import { changedParts, mergeTheirs, type Part, ringSettings, wrongParts } from './settings.ts'
import { TestCall } from './summary.tsx'
import { useAct, useAsked } from './use-asked.ts'

export const tabs = ['name', 'hours', 'people', 'greetings', 'ticket'] as const satisfies readonly Part[]

/** Everything of a channel, part by part; what is typed stays when another part is shown (MA2). */
export function ChannelPage({ channelId, tab, admin }: { channelId: string; tab: string | undefined; admin: Admin }) {
  const { data, failure, again } = useAsked(admin.ask, 'readChannel', { channelId })
  if (data) return <Filled key={data.id} start={data} tab={tabs.find((name) => name === tab) ?? 'name'} admin={admin} />
  return (
    <div class="page page-wide stack">
      <Back />
      <h1 class="page-title">{words('channels_title')}</h1>
      <Opening failure={failure} again={again} />
    </div>
  )
}

function Filled({ start, tab, admin }: { start: ChannelDetail; tab: (typeof tabs)[number]; admin: Admin }) {
  const [base, setBase] = useState(start)
  const [typed, setTyped] = useState<ChannelSettings>(start.settings)
  const [saved, setSaved] = useState(false)
  const { busy, failure, act, clear } = useAct()
  const params = { channelId: base.id }
  const changes = changedParts(base.settings, typed)
  const dirty = Object.keys(changes).length > 0
  const wrong = wrongParts(typed)

  async function save(from: ChannelDetail = base, settings = typed) {
    const next = await admin.ask('saveChannel', params, { revision: from.revision, settings: changedParts(from.settings, settings) })
    setBase(next)
    setTyped(next.settings)
    setSaved(true)
  }

  async function takeUp(mine: boolean) {
    const theirs = await admin.ask('readChannel', params, null)
    const givenUp = mine ? [] : (failure?.details?.parts ?? '').split(',')
    const settings = mergeTheirs(base.settings, typed, theirs.settings, givenUp)
    setBase(theirs)
    setTyped(settings)
    if (mine) await save(theirs, settings)
  }

  return (
    <div class="page page-wide stack">
      <Back />
      <header>
        <h1 class="page-title">{base.settings.name}</h1>
        <p class="soft digits">{base.number ? phone(base.number) : words('channel_no_number')}</p>
        {base.savedBy && <p class="faint">{words('channel_saved_by', base.savedBy.name, when(base.savedAt))}</p>}
      </header>
      <nav class="tabs" aria-label={base.settings.name}>
        {tabs.map((name) => (
          <a key={name} class="tab" href={`#/channels/edit/${base.id}/${name}`} aria-current={name === tab ? 'page' : undefined}>
            {wordsOf('part', name)}
          </a>
        ))}
      </nav>
      <Parts
        parts={[tab]}
        settings={typed}
        admin={admin}
        onChange={(change) => {
          setTyped((before) => ({ ...before, ...change }))
          setSaved(false)
        }}
      />
      {failure?.code === 'changed_meanwhile' ? (
        <Conflict
          failure={failure}
          admin={admin}
          read={() => admin.ask('readChannel', params, null)}
          onMine={() => void act(() => takeUp(true))}
          onTheirs={() => void act(() => takeUp(false)).then(clear)}
        />
      ) : (
        failure && <FailureBanner failure={failure} />
      )}
      {wrong.length > 0 && (
        <Banner tone="warn" role="status" title={words('parts_wrong', wrong.map((part) => wordsOf('part', part)).join(', '))} />
      )}
      {saved && !dirty && <Banner tone="go" role="status" title={words('saved')} />}
      <div class="actions">
        <Button look="line" disabled={!dirty || busy} onClick={() => setTyped(base.settings)}>
          {words('undo_changes')}
        </Button>
        <Button look="main" icon={Save} disabled={!dirty || busy || wrong.length > 0} onClick={() => void act(() => save())}>
          {busy && <Spinner />}
          {words('save')}
        </Button>
      </div>
      {(tab === 'hours' || tab === 'people') && !wrong.includes('hours') && (
        <RingAsk admin={admin} channelId={base.id} settings={ringSettings(typed)} timeZone={typed.hours.timeZone} />
      )}
      {tab === 'name' && (
        <section class="page-part stack">
          <h2>{words('test_title')}</h2>
          <TestCall channelId={base.id} admin={admin} />
        </section>
      )}
      {tab === 'name' && <Endings channel={base} admin={admin} />}
    </div>
  )
}

/** Deleting the channel, and, apart from it, giving the number back. */
function Endings({ channel, admin }: { channel: ChannelDetail; admin: Admin }) {
  const [asking, setAsking] = useState(false)
  const shown = channel.number ? phone(channel.number) : channel.settings.name
  return (
    <section class="page-part stack">
      <h2>{words('delete_title')}</h2>
      <p class="soft">{words('delete_hint')}</p>
      <div>
        <Button look="stop" icon={Trash2} onClick={() => setAsking(true)}>
          {words('delete_channel')}
        </Button>
      </div>
      {asking && (
        <TypedDialog
          title={words('delete_ask', channel.settings.name)}
          does={words('delete_channel')}
          shown={shown}
          onTyped={(typed) => admin.ask('deleteChannel', { channelId: channel.id }, { typed }).then(() => admin.go('/channels/numbers'))}
          onClose={() => setAsking(false)}
        >
          <p>{words('delete_lost')}</p>
          <p>{words('delete_kept')}</p>
        </TypedDialog>
      )}
    </section>
  )
}
