import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { when } from '../../utils/format.ts'
import type { Failure } from '../../utils/messages.ts'
import type { ChannelPart, ChannelSettings } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { auditValue } from './audit-values.ts'
import { useAsked } from './use-asked.ts'

interface Props {
  failure: Failure
  admin: Admin
  /** What is stored now. */
  read: () => Promise<{ settings: ChannelSettings }>
  onMine: () => void
  onTheirs: () => void
}

/** Another admin was faster. What was typed is still in the fields; the person sees what was saved, and says whose stays. */
export function Conflict({ failure, admin, read, onMine, onTheirs }: Props) {
  const { by = '', at, parts = '' } = failure.details ?? {}
  const changed = parts.split(',').filter(Boolean) as ChannelPart[]
  const people = useAsked(admin.ask, 'listPeople')
  const [theirs, setTheirs] = useState<ChannelSettings | null>(null)
  // For each refusal, not whenever the page is drawn.
  useEffect(() => {
    // Not known: the parts are named all the same.
    read().then(
      ({ settings }) => setTheirs(settings),
      () => setTheirs(null),
    )
  }, [failure])
  const titleOf = (part: ChannelPart) =>
    wordsOf(
      'part',
      part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
  return (
    <Banner tone="warn" role="alert" title={words('conflict_title', by || words('conflict_somebody'), at ? when(at) : '')}>
      <p>{words('conflict_parts', changed.map(titleOf).join(', '))}</p>
      {theirs && people.data && (
        <dl class="facts conflict">
          {changed.map((part) => (
            <Fragment key={part}>
              <dt>{titleOf(part)}</dt>
              <dd class="audit-value">{auditValue(part, theirs[part], people.data ?? { people: [], teams: [] })}</dd>
            </Fragment>
          ))}
        </dl>
      )}
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
