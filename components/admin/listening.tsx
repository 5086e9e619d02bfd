import { Square } from 'lucide'
import { words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'

/** How it goes with what is being listened to. */
export function Listening({ admin }: { admin: Admin }) {
  const { listening } = admin
  if (listening?.failure) return <FailureBanner failure={listening.failure} />
  if (listening?.state !== 'connecting' && listening?.state !== 'open') return null
  return (
    <Banner tone="info" role="status" title={words(listening.state === 'open' ? 'listen_open' : 'listen_connecting')}>
      <Button size="small" look="line" icon={Square} onClick={admin.stopListening}>
        {words('listen_stop')}
      </Button>
    </Banner>
  )
}
