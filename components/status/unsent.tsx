import { CloudOff } from 'lucide'
import { wordsFor } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'

/** How much of what was written waits for the network. Nothing where nothing waits. */
export function Unsent({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <p class="unsent row" role="status">
      <Icon of={CloudOff} size={14} /> {wordsFor(count, 'unsent')}
    </p>
  )
}
