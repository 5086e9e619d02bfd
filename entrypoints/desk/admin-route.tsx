/** What only an admin sees: channels, people, the company. */
import { useMemo } from 'preact/hooks'
import type { Admin, Ask } from '../../components/admin/ask.ts'
import { ChannelPage } from '../../components/admin/channel-page.tsx'
import { ChannelsPage } from '../../components/admin/channels-page.tsx'
import { CompanyPage } from '../../components/admin/company-page.tsx'
import { NumbersPage } from '../../components/admin/numbers-page.tsx'
import { PeoplePage } from '../../components/admin/people-page.tsx'
import { RingPage } from '../../components/admin/ring-page.tsx'
import { Wizard } from '../../components/admin/wizard.tsx'
import type { AdminPlace } from '../../components/desk/shell.tsx'
import type { Snapshot } from '../../utils/messages.ts'
import type { View } from '../../utils/view.ts'
import { go } from './route.ts'

interface Props {
  view: View
  snapshot: Snapshot
  place: AdminPlace
  /** The rest of the path. */
  rest: string[]
}

export function AdminRoute({ view, snapshot, place, rest }: Props) {
  const ask = useMemo(
    () => ((route, params, body, query) => view.send({ type: 'ask', route, params, body, ...(query && { query }) })) as Ask,
    [view],
  )
  const admin: Admin = {
    ask,
    go,
    listening: snapshot.listening,
    inCall: snapshot.call !== null && snapshot.call.phase !== 'ended',
    listen: (ticket) => void view.send({ type: 'listen', ticket }).catch(() => {}),
    stopListening: () => void view.send({ type: 'stop-listening' }).catch(() => {}),
    userId: snapshot.me?.user.id ?? '',
  }
  if (place === 'people') return <PeoplePage admin={admin} />
  if (place === 'company') return <CompanyPage admin={admin} />
  const [what, id, tab] = rest
  if (what === 'draft' && id) return <Wizard key={id} draftId={id} admin={admin} />
  if (what === 'edit' && id) return <ChannelPage key={id} channelId={id} tab={tab} admin={admin} />
  if (what === 'ring') return <RingPage admin={admin} />
  if (what === 'numbers') return <NumbersPage admin={admin} />
  return <ChannelsPage admin={admin} />
}
