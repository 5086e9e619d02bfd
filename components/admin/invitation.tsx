import { ClipboardCopy } from 'lucide'
import { useState } from 'preact/hooks'
import { fullDate } from '../../utils/format.ts'
import type { Invitation } from '../../utils/protocol/admin.ts'
import { words } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'

/** A sign-in link, shown this once. */
export function InvitationPart({ name, invitation }: { name: string; invitation: Invitation }) {
  const [copied, setCopied] = useState(false)
  return (
    <section class="page-part stack" aria-live="polite">
      <h2>{words('link_for', name)}</h2>
      <div class="device-row">
        <input
          class="input"
          readOnly
          aria-label={words('link_for', name)}
          value={invitation.link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          look="main"
          icon={ClipboardCopy}
          onClick={() => void navigator.clipboard.writeText(invitation.link).then(() => setCopied(true))}
        >
          {words('copy')}
        </Button>
      </div>
      <p class="faint">
        {words('link_once', fullDate(invitation.expiresAt))} {invitation.mailed && words('link_mailed')}
      </p>
      {copied && <Banner tone="go" role="status" title={words('copied')} />}
    </section>
  )
}
