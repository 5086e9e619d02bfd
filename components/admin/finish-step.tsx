import { ArrowLeft, Check } from 'lucide'
import { useState } from 'preact/hooks'
import { phone } from '../../utils/format.ts'
import type { Draft, DraftStep } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { missingSteps } from './settings.ts'
import { Summary } from './summary.tsx'
import { useAct, useAsked } from './use-asked.ts'

/** The end: all that was set, then the channel is live and can be called (CH7). */
export function Finish({ draft, admin, onStep }: { draft: Draft; admin: Admin; onStep: (step: DraftStep) => void }) {
  const [channelId, setChannelId] = useState(draft.channelId)
  const { busy, failure, act } = useAct()
  const e164 = draft.number.how === 'undecided' ? null : draft.number.e164
  return (
    <>
      <Summary settings={draft.settings} number={e164} admin={admin} channelId={channelId} />
      {channelId ? (
        <Banner tone="go" role="status" title={words('finish_live', e164 ? phone(e164) : draft.settings.name)}>
          <p>{words('finish_live_hint')}</p>
          <Button size="small" look="line" onClick={() => admin.go('/channels')}>
            {words('channels_title')}
          </Button>
        </Banner>
      ) : (
        <>
          {draft.number.how === 'existing' && <Moves numberId={draft.number.numberId} admin={admin} />}
          {failure && (
            <FailureBanner failure={failure}>
              {missingSteps(failure).map((step) => (
                <Button key={step} size="small" look="line" icon={ArrowLeft} onClick={() => onStep(step)}>
                  {wordsOf('step', step)}
                </Button>
              ))}
            </FailureBanner>
          )}
          <div class="actions">
            <Button look="line" icon={ArrowLeft} disabled={busy} onClick={() => onStep('routing')}>
              {words('wizard_back')}
            </Button>
            <Button
              look="go"
              icon={Check}
              disabled={busy}
              onClick={() => void act(async () => setChannelId((await admin.ask('finishDraft', { draftId: draft.id }, {})).id))}
            >
              {words('finish_do')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}

/** Who loses the number at the finish, and not before (CH3). */
function Moves({ numberId, admin }: { numberId: string; admin: Admin }) {
  const { data } = useAsked(admin.ask, 'listNumbers')
  const number = data?.numbers.find(({ id }) => id === numberId)
  if (!number?.channel) return null
  return (
    <Banner tone="warn" role="status" title={words('finish_moves', number.channel.name)}>
      <p>{words('existing_warning_users', number.users.map(({ name }) => name).join(', ') || '–')}</p>
    </Banner>
  )
}
