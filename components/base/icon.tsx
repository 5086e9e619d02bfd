import type { IconNode } from 'lucide'
import { h } from 'preact'

/** One icon of lucide, imported by name where it is used, so that only those used are bundled. Decorative: words stand beside it or in a label. */
export function Icon({ of, size = 18, class: name }: { of: IconNode; size?: number; class?: string }) {
  return (
    <svg
      class={name}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  )
}
