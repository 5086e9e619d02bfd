import { secondsAhead } from '../../utils/format.ts'
import type { Snapshot } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import { Banner, FailureBanner } from './banner.tsx'
import { useNow } from './clock.tsx'

/** Says when the companion cannot be heard: what is shown may be old, what is written is kept. Nothing while all is well. */
export function LineBanner({ line }: { line: Snapshot['line'] }) {
  if (line.state === 'refused' && line.failure) return <FailureBanner failure={line.failure} />
  if (line.state !== 'lost') return null
  return (
    <Banner tone="warn" role="status" title={words('line_lost')}>
      <p>{words('line_lost_hint')}</p>
      {line.retryAt && <Retry at={line.retryAt} />}
    </Banner>
  )
}

/** Hidden from screen readers: a status that changes every second would be spoken every second. */
function Retry({ at }: { at: string }) {
  const now = useNow()
  return <p aria-hidden="true">{words('line_lost_retry', secondsAhead(at, now))}</p>
}
