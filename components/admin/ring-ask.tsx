import { UserSearch } from 'lucide'
import { type ComponentChildren, Fragment } from 'preact'
import { useState } from 'preact/hooks'
import type { RingPreview } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Spinner } from '../base/signs.tsx'
import type { Admin, Body } from './ask.ts'
import { TextField } from './field.tsx'
import { RingOutcome } from './ring-outcome.tsx'
import { useAct } from './use-asked.ts'
import { instantOf, nowIn } from './when.ts'

interface Props {
  admin: Admin
  /** Null: it is not made yet, so `settings` are given. */
  channelId: string | null
  /** Hours and people as they are typed, saved or not; null: as saved. */
  settings: Body<'whoWouldRing'>['settings']
  /** The channel's: what is typed is by the clock on its wall. */
  timeZone: string
  /** More fields. */
  children?: ComponentChildren
}

/** Date, time and caller; then who would ring (CH8). An answer goes away when what it was asked about is changed. */
export function RingAsk({ admin, channelId, settings, timeZone, children }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const [from, setFrom] = useState('')
  const [answer, setAnswer] = useState<{ to: string; preview: RingPreview } | null>(null)
  const { busy, failure, act } = useAct()
  const about = JSON.stringify([channelId, settings])
  const local = typed ?? nowIn(timeZone)
  const at = instantOf(local, timeZone)
  const number = from.replace(/[\s().-]/g, '')
  const wrong = from.trim() !== '' && !/^\+[1-9]\d{6,14}$/.test(number)

  async function ask() {
    if (!at) return
    const body = { channelId, settings, at: at.toISOString(), from: number || 'anonymous' }
    setAnswer({ to: about, preview: await admin.ask('whoWouldRing', {}, body) })
  }

  return (
    <Fragment>
      <form
        class="page-part stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!wrong && at) void act(ask)
        }}
      >
        {settings && (
          <>
            <h2>{words('ring_title')}</h2>
            <p class="soft">{words('ring_unsaved')}</p>
          </>
        )}
        <div class="pair">
          {children}
          <TextField
            label={words('ring_at')}
            hint={words('ring_at_hint', timeZone)}
            problem={at ? null : words('ring_at_wrong')}
            type="datetime-local"
            value={local}
            onValue={setTyped}
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
          <Button type="submit" look={settings ? 'line' : 'main'} icon={UserSearch} disabled={busy || wrong || !at}>
            {busy && <Spinner />}
            {words('ring_ask')}
          </Button>
        </div>
        {failure && <FailureBanner failure={failure} />}
      </form>
      {answer?.to === about && <RingOutcome preview={answer.preview} timeZone={timeZone} />}
    </Fragment>
  )
}
