interface Props {
  /** Id of the element that names it. */
  labelledBy: string
  describedBy?: string
  on: boolean
  disabled?: boolean
  onFlip: (on: boolean) => void
}

export function Switch({ labelledBy, describedBy, on, disabled, onFlip }: Props) {
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={() => onFlip(!on)}
    />
  )
}
