import { ClipboardCopy, LogOut } from 'lucide'
import { useState } from 'preact/hooks'
import { phone } from '../../utils/format.ts'
import type { Snapshot } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'

interface Props {
  snapshot: Snapshot
  actions: Actions
  /** Puts the report on the clipboard. */
  onCopyReport: () => Promise<void>
}

export function AccountPage({ snapshot, actions, onCopyReport }: Props) {
  const { me, line } = snapshot
  const [asking, setAsking] = useState(false)
  const [copied, setCopied] = useState(false)
  if (!me) return null
  return (
    <div class="page stack">
      <h1 class="page-title">{words('account_title')}</h1>
      <section class="page-part stack">
        <h2>{me.user.name}</h2>
        <dl class="facts">
          <dt>{words('account_role')}</dt>
          <dd>{wordsOf('account_role', me.user.role)}</dd>
          <dt>{words('account_companion')}</dt>
          <dd>{line.address ?? ''}</dd>
          <dt>{words('account_seat')}</dt>
          <dd>{words(me.user.seat ? 'account_seat_yes' : 'account_seat_no')}</dd>
        </dl>
        {asking ? (
          <Banner tone="warn" role="alert" title={words('sign_out_ask')}>
            <p>{words('sign_out_ask_hint')}</p>
            <div class="row">
              <Button size="small" look="stop" onClick={() => actions.tell({ type: 'sign-out' })}>
                {words('sign_out')}
              </Button>
              <Button size="small" look="line" onClick={() => setAsking(false)}>
                {words('cancel')}
              </Button>
            </div>
          </Banner>
        ) : (
          <div>
            <Button look="line" icon={LogOut} onClick={() => setAsking(true)}>
              {words('sign_out')}
            </Button>
          </div>
        )}
      </section>
      <section class="page-part stack">
        <h2>{words('account_channels')}</h2>
        {me.channels.length === 0 && <p class="soft">{words('account_no_channels')}</p>}
        <ul class="stack">
          {me.channels.map((channel) => (
            <li key={channel.id} class="row">
              <span class="grow cut">{channel.name}</span>
              <span class="soft digits">{phone(channel.number)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section class="page-part stack">
        <h2>{words('account_help')}</h2>
        <p class="soft">{words('account_help_hint')}</p>
        <div>
          <Button look="line" icon={ClipboardCopy} onClick={() => void onCopyReport().then(() => setCopied(true))}>
            {words('copy_report')}
          </Button>
        </div>
        {copied && <Banner tone="go" role="status" title={words('report_copied')} />}
      </section>
    </div>
  )
}
