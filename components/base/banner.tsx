import { CircleCheck, Info, TriangleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { Failure } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import { Icon } from './icon.tsx'

const icons = { stop: TriangleAlert, warn: TriangleAlert, go: CircleCheck, info: Info }

interface Props {
  tone: keyof typeof icons
  title: string
  /** `alert` interrupts a screen reader, `status` waits for a pause; none says nothing by itself. */
  role?: 'alert' | 'status'
  children?: ComponentChildren
}

export function Banner({ tone, title, role, children }: Props) {
  return (
    <div class="banner" data-tone={tone} role={role}>
      <Icon of={icons[tone]} />
      <div class="grow">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  )
}

/** Said calmly: nothing is broken and nothing is to be done. */
const calm: string[] = ['call_taken', 'call_over', 'unknown_call', 'stale_epoch']

/** What went wrong and what to do about it. `children` are buttons that do it. */
export function FailureBanner({ failure, children }: { failure: Failure; children?: ComponentChildren }) {
  const by = failure.code === 'call_taken' ? failure.details?.by : undefined
  return (
    <Banner
      tone={calm.includes(failure.code) ? 'info' : 'stop'}
      role="alert"
      title={by ? words('notice_taken', by) : words(`error_${failure.code}`)}
    >
      <p>{words(`remedy_${failure.code}`)}</p>
      {children}
    </Banner>
  )
}
