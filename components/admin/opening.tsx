import { RotateCw } from 'lucide'
import type { Failure } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Waiting } from '../base/signs.tsx'

/** What stands there until the companion has answered: a wait, or why not, with another try. */
export function Opening({ failure, again }: { failure: Failure | null; again: () => void }) {
  if (!failure) return <Waiting>{words('loading')}</Waiting>
  return (
    <FailureBanner failure={failure}>
      <Button size="small" look="line" icon={RotateCw} onClick={again}>
        {words('try_again')}
      </Button>
    </FailureBanner>
  )
}
