import { Undo2 } from 'lucide'
import { useState } from 'preact/hooks'
import { phone } from '../../utils/format.ts'
import type { OwnedNumber } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { Back } from './back.tsx'
import { TypedDialog } from './dialog.tsx'
import { Opening } from './opening.tsx'
import { Repair } from './repair.tsx'
import { useAsked } from './use-asked.ts'
import { countryName } from './when.ts'

/** The numbers that the company owns, and giving one back, which cannot be undone (MA3). */
export function NumbersPage({ admin }: { admin: Admin }) {
  const { data, failure, again } = useAsked(admin.ask, 'listNumbers')
  const [releasing, setReleasing] = useState<OwnedNumber | null>(null)
  return (
    <div class="page page-wide stack">
      <Back />
      <h1 class="page-title">{words('numbers_title')}</h1>
      <p class="soft">{words('numbers_hint')}</p>
      {data && failure && <FailureBanner failure={failure} />}
      {!data && <Opening failure={failure} again={again} />}
      {data?.numbers.length === 0 && <Banner tone="info" title={words('existing_none')} />}
      <ul class="stack">
        {data?.numbers.map((number) => (
          <li class="page-part row wrap" key={number.id}>
            <span class="grow">
              <strong class="digits">{phone(number.e164)}</strong> <span class="soft">{countryName(number.country)}</span>
              <span class="faint block">{number.channel?.name ?? words('existing_free')}</span>
            </span>
            <Button size="small" look="line" icon={Undo2} disabled={number.channel !== null} onClick={() => setReleasing(number)}>
              {words('release')}
            </Button>
            {number.wired === false && <Repair number={number.e164} admin={admin} again={again} />}
          </li>
        ))}
      </ul>
      {releasing && (
        <TypedDialog
          title={words('release_ask', phone(releasing.e164))}
          does={words('release')}
          shown={phone(releasing.e164)}
          onTyped={(typed) => admin.ask('releaseNumber', { numberId: releasing.id }, { typed }).then(again)}
          onClose={() => setReleasing(null)}
        >
          <p>
            <strong>{words('release_for_ever')}</strong>
          </p>
          <p>{words('release_lost')}</p>
        </TypedDialog>
      )}
    </div>
  )
}
