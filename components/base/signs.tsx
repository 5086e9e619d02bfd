/** Small signs that stand for a state: avatar, badge, dot, spinner, an empty place. */
import { type IconNode, LoaderCircle, User } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { Status } from '../../utils/protocol/people.ts'
import { Icon } from './icon.tsx'

/** Initials of a name; a figure where there is none. */
export function Avatar({ name, size }: { name: string | null; size?: 'big' }) {
  const letters = (name ?? '')
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word))
    .map((word) => [...word][0])
  const initials = [letters[0], letters.length > 1 ? letters.at(-1) : undefined].join('').toUpperCase()
  return (
    <span class="avatar" data-size={size} aria-hidden="true">
      {initials || <Icon of={User} size={20} />}
    </span>
  )
}

export function Badge({ tone, children }: { tone?: 'go' | 'stop' | 'warn' | 'accent'; children: ComponentChildren }) {
  return (
    <span class="badge" data-tone={tone}>
      {children}
    </span>
  )
}

/** Colour and shape of a status; the words stand beside it. */
export function Dot({ status }: { status: Status }) {
  return <span class="dot" data-status={status} aria-hidden="true" />
}

export function Spinner({ size }: { size?: number }) {
  return <Icon of={LoaderCircle} class="spinner" {...(size !== undefined && { size })} />
}

/** Says that something is awaited, at once to the eye and politely to a screen reader. */
export function Waiting({ children }: { children: ComponentChildren }) {
  return (
    <p class="row soft" role="status">
      <Spinner /> <span>{children}</span>
    </p>
  )
}

export function Empty({ icon, title, children }: { icon: IconNode; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon of={icon} size={32} />
      <strong>{title}</strong>
      {children}
    </div>
  )
}
