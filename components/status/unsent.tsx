import { CloudOff } from 'lucide'
import { wordsFor } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'

/** How much of what was written waits for the network, or for the person to sign in again. Nothing where nothing waits. */
export function Unsent({ count, signedOut = false }: { count: number; signedOut?: boolean }) {
  if (count === 0) return null
  return (
    <p class="unsent row" role="status">
      <Icon of={CloudOff} size={14} /> {wordsFor(count, signedOut ? 'unsent_signed_out' : 'unsent')}
    </p>
  )
}
