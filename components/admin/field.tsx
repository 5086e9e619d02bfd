import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Choice, type Option } from '../base/choice.tsx'

interface Common {
  label: string
  hint?: string | undefined
  /** What is wrong with it: shown beside the field, and announced. */
  problem?: string | null | undefined
}

interface Attributes {
  id: string
  'aria-invalid': boolean
  'aria-describedby': string
}

/** A field with its label, hint and problem; the child gets what ties them together. */
export function Field({ label, hint, problem, children }: Common & { children: (attributes: Attributes) => ComponentChildren }) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': Boolean(problem), 'aria-describedby': `${id}-hint ${id}-problem` })}
      <p class="faint" id={`${id}-hint`} hidden={!hint}>
        {hint}
      </p>
      <p class="problem" id={`${id}-problem`} role="alert">
        {problem}
      </p>
    </div>
  )
}

interface Input {
  type?: 'text' | 'tel' | 'email' | 'number' | 'date' | 'datetime-local'
  list?: string
  inputMode?: 'numeric'
  placeholder?: string
  maxLength?: number
  min?: number
  max?: number
  required?: boolean
}

export function TextField({
  label,
  hint,
  problem,
  value,
  onValue,
  type = 'text',
  ...rest
}: Common & Input & { value: string; onValue: (value: string) => void }) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(tie) => (
        <input
          class="input"
          type={type}
          autoComplete="off"
          {...rest}
          {...tie}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export function ChoiceField({
  label,
  hint,
  value,
  options,
  onChoose,
}: Common & { value: string; options: Option[]; onChoose: (value: string) => void }) {
  return (
    <Field label={label} hint={hint}>
      {({ id }) => <Choice id={id} value={value} options={options} onChoose={onChoose} />}
    </Field>
  )
}

export function Tick({
  label,
  checked,
  onTick,
  children,
}: {
  label: string
  checked: boolean
  onTick: (on: boolean) => void
  children?: ComponentChildren
}) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onTick(event.currentTarget.checked)} />
      <span class="grow">{label}</span>
      {children}
    </label>
  )
}
