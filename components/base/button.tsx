import type { IconNode } from 'lucide'
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

interface Props extends Omit<ButtonHTMLAttributes, 'icon' | 'size' | 'label'> {
  look?: 'main' | 'go' | 'stop' | 'line' | 'plain'
  size?: 'big' | 'small'
  icon?: IconNode
  /** For a button that shows its icon only. */
  label?: string
  disabled?: boolean
  type?: 'button' | 'submit'
  children?: ComponentChildren
}

export function Button({ look, size, icon, label, children, class: name, type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      class={`button ${name ?? ''}`}
      data-look={look}
      data-size={size}
      data-only={label ? 'icon' : undefined}
      aria-label={label}
      title={label}
      {...rest}
    >
      {icon && <Icon of={icon} size={size === 'big' ? 20 : size === 'small' ? 16 : 18} />}
      {children}
    </button>
  )
}
