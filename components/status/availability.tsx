import { useEffect, useId, useState } from 'preact/hooks'
import type { Snapshot } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Dot, Spinner } from '../base/signs.tsx'
import { Switch } from '../base/switch.tsx'
import { ReasonBanner } from './reason-banner.tsx'

interface Props {
  snapshot: Snapshot
  actions: Actions
  /** One row, for places where the rest is what people look at. */
  compact?: boolean
}

/**
 * The toggle of what one wants, and beside it the status, which is what is true (AV1, AV3). It shows the desk's word at all times; while the
 * desk is asked it says so.
 */
export function Availability({ snapshot, actions, compact = false }: Props) {
  const { me, line } = snapshot
  const [asked, setAsked] = useState<boolean | null>(null)
  const id = useId()
  const wanted = me?.wanted ?? false
  useEffect(() => {
    if (asked === wanted || actions.failure) setAsked(null)
  }, [asked, wanted, actions.failure])
  if (!me) return null
  const connected = line.state === 'open'
  const status = connected ? me.status : 'offline'

  function flip(on: boolean) {
    setAsked(on)
    actions.tell({ type: 'set-wanted', wanted: on })
  }

  return (
    <section class="availability" data-compact={compact} aria-label={words('available_group')}>
      <div class="row">
        <div class="grow">
          <h2 id={`${id}-label`} class="availability-label">
            {words('available')}
          </h2>
          <p id={`${id}-status`} class="row availability-status" role="status">
            {asked !== null ? <Spinner size={12} /> : <Dot status={status} />}
            <span>{wordsOf('status', status)}</span>
          </p>
        </div>
        <Switch labelledBy={`${id}-label`} describedBy={`${id}-status`} on={asked ?? wanted} disabled={!connected} onFlip={flip} />
      </div>
      {!compact && <p class="soft availability-hint">{words(`status_${status.replace('-', '_')}_hint`)}</p>}
      {connected && me.reason && <ReasonBanner me={me} reason={me.reason} actions={actions} />}
    </section>
  )
}
