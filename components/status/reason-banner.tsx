import { Mic } from 'lucide'
import type { Me, StatusReason } from '../../utils/protocol/people.ts'
import { words, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'

/** Why calls do not reach this user, and what to do about it (AV3, PE2). */
export function ReasonBanner({ me, reason, actions }: { me: Me; reason: StatusReason; actions: Actions }) {
  const aboutSound = reason.startsWith('microphone') || reason === 'audio-failed'
  // An admin who takes no calls has nothing to mend.
  const tone = reason === 'microphone-unknown' ? 'warn' : reason === 'no-seat' && me.user.role === 'admin' ? 'info' : 'stop'
  return (
    <Banner tone={tone} title={wordsOf('reason', reason)}>
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
