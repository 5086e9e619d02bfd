import { clock } from '../../utils/format.ts'
import { words } from '../../utils/words.ts'
import { useNow } from '../base/clock.tsx'

/** How long it still rings: a line that grows shorter, and the seconds. It moves by the second, so it needs no animation of its own. */
export function RingLine({ from, until }: { from: string; until: string }) {
  const now = useNow()
  const total = Math.max(1, Date.parse(until) - Date.parse(from))
  const left = Math.min(total, Math.max(0, Date.parse(until) - now))
  const text = clock(Math.ceil(left / 1000))
  return (
    <div class="ring-line" title={words('offer_time_left', text)}>
      <span class="ring-track" aria-hidden="true">
        <span class="ring-rest" style={{ scale: `${left / total} 1` }} />
      </span>
      <span class="faint digits" role="timer" aria-label={words('offer_time_left', text)}>
        {text}
      </span>
    </div>
  )
}
