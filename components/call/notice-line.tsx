import { Info, PhoneMissed, UserCheck } from 'lucide'
import type { Notice } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Icon } from '../base/icon.tsx'

/** A short word that goes away by itself. */
export function NoticeLine({ notice }: { notice: Notice }) {
  if (notice.kind === 'failure') return <FailureBanner failure={notice.failure} />
  const icon = notice.kind === 'taken' ? UserCheck : notice.kind === 'declined' ? Info : PhoneMissed
  return (
    <p class="notice" role="status">
      <Icon of={icon} />
      <span class="grow">{notice.kind === 'taken' ? words('notice_taken', notice.by.name) : wordsOf('notice', notice.kind)}</span>
    </p>
  )
}
