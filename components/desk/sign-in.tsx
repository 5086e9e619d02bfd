import { LogIn } from 'lucide'
import { useId, useState } from 'preact/hooks'
import type { Failure } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Icon } from '../base/icon.tsx'
import { Spinner } from '../base/signs.tsx'
import { Unsent } from '../status/unsent.tsx'

interface Props {
  /** Why the last session ended, where it did not end by a wish. */
  failure: Failure | null
  /** Notes of the last session that were not sent yet. */
  unsent: number
  /** Resolves with the failure, or null where it went well. */
  onSignIn: (link: string) => Promise<Failure | null>
}

/** Sign-in by the single-use link that an admin sends (PE3). */
export function SignIn({ failure: before, unsent, onSignIn }: Props) {
  const [link, setLink] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(before)
  const id = useId()
  const host = hostOf(link)

  async function submit(event: Event) {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    setFailure(await onSignIn(link.trim()))
    setBusy(false)
  }

  return (
    <form class="page-part stack" onSubmit={(event) => void submit(event)}>
      <h1 class="page-title">{words('signin_title')}</h1>
      <p class="soft">{words('signin_hint')}</p>
      <div class="field">
        <label for={id}>{words('signin_field')}</label>
        <input
          id={id}
          class="input"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellcheck={false}
          required
          value={link}
          aria-invalid={failure !== null && failure !== before}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setLink(event.currentTarget.value)}
        />
        <p class="faint" id={`${id}-hint`}>
          {host ? words('signin_companion', host) : words('signin_example')}
        </p>
      </div>
      {failure && <FailureBanner failure={failure} />}
      <Unsent count={unsent} signedOut />
      <div>
        <Button type="submit" look="main" disabled={busy || link.trim() === ''}>
          {busy ? <Spinner /> : <Icon of={LogIn} />}
          {words(busy ? 'signin_busy' : 'sign_in')}
        </Button>
      </div>
    </form>
  )
}

/** Where the link leads, so that somebody sees whom they trust before they press. */
function hostOf(link: string): string | null {
  if (!/^https?:/i.test(link.trim())) return null
  return URL.parse(link.trim())?.host || null
}
