import { ChevronDown } from 'lucide'
import { Icon } from './icon.tsx'

export interface Option {
  value: string
  text: string
}

interface Props {
  id?: string
  label?: string
  value: string
  options: Option[]
  size?: 'small'
  disabled?: boolean
  onChoose: (value: string) => void
}

/** A native drop-down: the keyboard, screen readers and small screens know it already. */
export function Choice({ id, label, value, options, size, disabled, onChoose }: Props) {
  return (
    <span class="choice grow" data-size={size}>
      <select
        id={id}
        class="select"
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={16} />
    </span>
  )
}
