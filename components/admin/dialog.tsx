import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Failure } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Spinner } from '../base/signs.tsx'
import { TextField } from './field.tsx'
import { useAct } from './use-asked.ts'

interface Props {
  title: string
  /** Words of the button that does it. */
  does: string
  look?: 'main' | 'stop'
  disabled?: boolean
  /** Rejects where it failed; the dialog stays and says why. */
  onDo: () => Promise<unknown>
  onClose: () => void
  children?: ComponentChildren
}

/** Asks before something is done. The browser's own dialog: it holds the focus, closes by Escape and gives the focus back. */
export function Dialog({ title, does, look = 'main', disabled = false, onDo, onClose, children }: Props) {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  const { busy, failure, act } = useAct()
  useEffect(() => box.current?.showModal(), [])
  // Only a dialog that is closed, not one that is just taken away, gives the focus back.
  const close = () => box.current?.close()
  async function submit(event: Event) {
    event.preventDefault()
    if (await act(onDo)) close()
  }
  return (
    <dialog class="dialog" ref={box} aria-labelledby={id} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <h2 id={id}>{title}</h2>
        {children}
        {failure && <Refusal failure={failure} />}
        <div class="actions">
          <Button look="line" onClick={close}>
            {words('cancel')}
          </Button>
          <Button type="submit" look={look} disabled={disabled || busy}>
            {busy && <Spinner />}
            {does}
          </Button>
        </div>
      </form>
    </dialog>
  )
}

const Refusal = ({ failure }: { failure: Failure }) => <FailureBanner failure={failure} />

interface TypedProps extends Omit<Props, 'onDo' | 'look'> {
  /** What is to be typed, as it is shown. */
  shown: string
  onTyped: (typed: string) => Promise<unknown>
}

/** For what cannot be taken back: the number has to be typed or pasted, in any format that means it. The companion judges. */
export function TypedDialog({ shown, onTyped, children, ...rest }: TypedProps) {
  const [typed, setTyped] = useState('')
  return (
    <Dialog {...rest} look="stop" disabled={typed.trim() === ''} onDo={() => onTyped(typed)}>
      {children}
      <TextField label={words('typed_label', shown)} hint={words('typed_hint')} type="tel" value={typed} onValue={setTyped} />
    </Dialog>
  )
}
