import { when } from '../../utils/format.ts'
import type { Failure } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'

/** Another admin was faster. What was typed is still in the fields; the person says whose stays. */
export function Conflict({ failure, onMine, onTheirs }: { failure: Failure; onMine: () => void; onTheirs: () => void }) {
  const { by = '', at, parts = '' } = failure.details ?? {}
  const named = parts
    .split(',')
    .filter(Boolean)
    .map((part) => wordsOf('part', kebab(part)))
  return (
    <Banner tone="warn" role="alert" title={words('conflict_title', by || words('conflict_somebody'), at ? when(at) : '')}>
      <p>{words('conflict_parts', named.join(', '))}</p>
      <div class="row wrap">
        <Button size="small" look="main" onClick={onMine}>
          {words('conflict_mine')}
        </Button>
        <Button size="small" look="line" onClick={onTheirs}>
          {words('conflict_theirs')}
        </Button>
      </div>
    </Banner>
  )
}

const kebab = (part: string) => part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
