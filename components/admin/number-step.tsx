import { Hash, PhoneCall } from 'lucide'
import { useState } from 'preact/hooks'
import { phone } from '../../utils/format.ts'
import type { Draft } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { ExistingNumber } from './existing-number.tsx'
import { NewNumber } from './new-number.tsx'
import { useAct } from './use-asked.ts'

/** Calls: how to connect a number (CH1). */
export function NumberStep({ draft, admin, onDraft }: { draft: Draft; admin: Admin; onDraft: (draft: Draft) => void }) {
  const { number } = draft
  const [how, setHow] = useState<'new' | 'existing' | null>(number.how === 'existing' ? 'existing' : null)
  const { failure, act } = useAct()
  if (number.how === 'claimed') {
    return (
      <Banner tone="go" role="status" title={words('number_claimed', phone(number.e164))}>
        <p>{words('number_claimed_hint')}</p>
      </Banner>
    )
  }
  /** What was chosen is not to go on unseen. */
  async function chooseNew() {
    setHow('new')
    if (number.how === 'existing') onDraft(await admin.ask('chooseNumber', { draftId: draft.id }, { numberId: null }))
  }
  return (
    <div class="stack">
      <p class="soft">{words('number_how')}</p>
      <div class="row wrap">
        <Button look={how === 'new' ? 'main' : 'line'} icon={PhoneCall} aria-pressed={how === 'new'} onClick={() => void act(chooseNew)}>
          {words('number_new')}
        </Button>
        <Button
          look={how === 'existing' ? 'main' : 'line'}
          icon={Hash}
          aria-pressed={how === 'existing'}
          onClick={() => setHow('existing')}
        >
          {words('number_existing')}
        </Button>
      </div>
      {failure && <FailureBanner failure={failure} />}
      {how === 'new' && <NewNumber draft={draft} admin={admin} onClaimed={onDraft} />}
      {how === 'existing' && <ExistingNumber draft={draft} admin={admin} onChosen={onDraft} />}
    </div>
  )
}
