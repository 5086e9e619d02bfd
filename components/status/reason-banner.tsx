import { Mic } from 'lucide'
import type { Me, StatusReason } from '../../utils/protocol/people.ts'
import { words, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'

/** Why calls do not reach this user, and what to do about it (AV3, PE2). */
export function ReasonBanner({ me, reason, actions }: { me: Me; reason: StatusReason; actions: Actions }) {
  const aboutSound = reason.startsWith('microphone') || reason === 'audio-failed'
  return (
    <Banner tone={reason === 'microphone-unknown' ? 'warn' : 'stop'} title={wordsOf('reason', reason)}>
      <p>{wordsOf('reason', `${reason}-remedy`)}</p>
      {reason === 'no-seat' && (
        <ul class="admins">
          {me.admins.map((admin) => (
            <li key={admin.id}>{admin.name}</li>
          ))}
        </ul>
      )}
      {aboutSound && (
        <Button size="small" look="main" icon={Mic} onClick={() => actions.open('/microphone')}>
          {words('check_microphone')}
        </Button>
      )}
    </Banner>
  )
}
