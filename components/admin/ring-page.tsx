import { useState } from 'preact/hooks'
import { words } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import type { Admin } from './ask.ts'
import { Back } from './back.tsx'
import { ChoiceField } from './field.tsx'
import { Opening } from './opening.tsx'
import { RingAsk } from './ring-ask.tsx'
import { useAsked } from './use-asked.ts'

/** Who would ring? The router's own answer for any channel, instant and caller (CH8). */
export function RingPage({ admin }: { admin: Admin }) {
  const { data, failure, again } = useAsked(admin.ask, 'listChannels')
  const [channelId, setChannelId] = useState('')
  const channel = data?.channels.find(({ id }) => id === channelId) ?? data?.channels[0]
  return (
    <div class="page page-wide stack">
      <Back />
      <h1 class="page-title">{words('ring_title')}</h1>
      {!data && <Opening failure={failure} again={again} />}
      {data && !channel && <Banner tone="info" title={words('channels_none')} />}
      {channel && (
        <RingAsk admin={admin} channelId={channel.id} settings={null} timeZone={channel.timeZone}>
          <ChoiceField
            label={words('existing_channel')}
            value={channel.id}
            options={(data?.channels ?? []).map(({ id, name }) => ({ value: id, text: name }))}
            onChoose={setChannelId}
          />
        </RingAsk>
      )}
    </div>
  )
}
