import { UserSearch } from 'lucide'
import { useState } from 'preact/hooks'
import type { RingPreview } from '../../utils/protocol/channels.ts'
import { language, words, wordsOf } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Badge, Spinner, Waiting } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { ChoiceField, TextField } from './field.tsx'
import { useAct, useAsked } from './use-asked.ts'

/** `2026-11-22T09:30`, as a date-and-time field has it, of now in this browser. */
const nowHere = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

/** Who would ring? The router's own answer for any instant and caller (CH8). */
export function RingPage({ admin }: { admin: Admin }) {
  const channels = useAsked(admin.ask, 'listChannels')
  const [channelId, setChannelId] = useState('')
  const [at, setAt] = useState(nowHere)
  const [from, setFrom] = useState('')
  const [preview, setPreview] = useState<{ is: RingPreview; timeZone: string } | null>(null)
  const { busy, failure, act } = useAct()
  if (channels.failure) return <FailureBanner failure={channels.failure} />
  if (!channels.data) return <Waiting>{words('loading')}</Waiting>
  const list = channels.data.channels
  const channel = list.find(({ id }) => id === channelId) ?? list[0]
  const number = from.replace(/[\s().-]/g, '')
  const wrong = from.trim() !== '' && !/^\+[1-9]\d{6,14}$/.test(number)
  const noTime = Number.isNaN(Date.parse(at))

  async function ask() {
    if (!channel) return
    const body = { channelId: channel.id, settings: null, at: new Date(at).toISOString(), from: number || 'anonymous' }
    setPreview({ is: await admin.ask('whoWouldRing', {}, body), timeZone: channel.timeZone })
  }

  return (
    <div class="page page-wide stack">
      <a class="row" href="#/channels">
        <span aria-hidden="true">←</span> {words('channels_title')}
      </a>
      <h1 class="page-title">{words('ring_title')}</h1>
      {!channel ? (
        <Banner tone="info" title={words('channels_none')} />
      ) : (
        <form
          class="page-part stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (!wrong && !noTime) void act(ask)
          }}
        >
          <div class="pair">
            <ChoiceField
              label={words('existing_channel')}
              value={channel.id}
              options={list.map(({ id, name }) => ({ value: id, text: name }))}
              onChoose={setChannelId}
            />
            <TextField
              label={words('ring_at')}
              hint={words('ring_at_hint')}
              problem={noTime ? words('ring_at_wrong') : null}
              type="datetime-local"
              value={at}
              onValue={setAt}
            />
            <TextField
              label={words('ring_from')}
              hint={words('ring_from_hint')}
              problem={wrong ? words('ring_from_wrong') : null}
              type="tel"
              value={from}
              onValue={setFrom}
            />
          </div>
          <div>
            <Button type="submit" look="main" icon={UserSearch} disabled={busy || wrong || noTime}>
              {busy && <Spinner />}
              {words('ring_ask')}
            </Button>
          </div>
          {failure && <FailureBanner failure={failure} />}
        </form>
      )}
      {preview && <OutcomePart preview={preview.is} timeZone={preview.timeZone} />}
    </div>
  )
}

export function OutcomePart({ preview, timeZone }: { preview: RingPreview; timeZone: string }) {
  const { outcome, missedReason, lines } = preview
  const ringing = lines.filter(({ verdict }) => verdict === 'ringing').length
  return (
    <>
      <section class="page-part stack" aria-live="polite">
        <Banner tone={outcome === 'ring' ? 'go' : 'warn'} title={words(`ring_outcome_${outcome}`, ringing)}>
          {missedReason && <p>{wordsOf('missed', missedReason)}</p>}
        </Banner>
        <ul>
          {lines.map(({ user, verdict, reason }) => (
            <li class="site-row" key={user.id}>
              <span class="grow cut">{user.name}</span>
              {verdict === 'ringing' ? (
                <Badge tone="go">{words('ring_rings')}</Badge>
              ) : (
                <span class="soft">{reason ? wordsOf('skip', reason) : wordsOf('verdict', verdict)}</span>
              )}
            </li>
          ))}
          {lines.length === 0 && <li class="soft">{words('ring_nobody')}</li>}
        </ul>
      </section>
      <section class="page-part stack">
        <h2>{words('strip_title')}</h2>
        <p class="faint">{timeZone}</p>
        <Strip days={preview.strip} timeZone={timeZone} />
      </section>
    </>
  )
}

function Strip({ days, timeZone }: { days: RingPreview['strip']; timeZone: string }) {
  const date = new Intl.DateTimeFormat(language(), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(language(), { hour: 'numeric', minute: '2-digit', timeZone })
  return (
    <ul class="strip">
      {days.map(({ day, kind, name, ranges, clockChange }) => (
        <li key={day} data-kind={kind}>
          <strong>{date.format(new Date(`${day}T00:00:00Z`))}</strong>
          {name && <span>{name}</span>}
          {ranges.map(({ from, until }) => (
            <span class="digits" key={from}>
              {time.format(new Date(from))}–{time.format(new Date(until))}
            </span>
          ))}
          {ranges.length === 0 && <span>{words('hours_closed_day')}</span>}
          {clockChange !== null && <Badge tone="accent">{words('strip_clock', clockChange > 0 ? `+${clockChange}` : clockChange)}</Badge>}
        </li>
      ))}
    </ul>
  )
}
