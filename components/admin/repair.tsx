import { Wrench } from 'lucide'
import { words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Spinner } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { useAct } from './use-asked.ts'

/** Somebody changed in the provider's console where a number leads: one button sets it right. */
export function Repair({ number, admin, again }: { number: string | null; admin: Admin; again: () => void }) {
  const { busy, failure, act } = useAct()
  const gone = failure?.code === 'not_found'
  async function repair() {
    const { numbers } = await admin.ask('listNumbers', {}, null)
    const numberId = numbers.find(({ e164 }) => e164 === number)?.id
    if (!numberId) throw Object.assign(new Error('not_found'), { failure: { code: 'not_found' } })
    await admin.ask('repairWiring', { numberId }, {})
    again()
  }
  return (
    <Banner tone="stop" role="status" title={words('wiring_broken')}>
      <p>{words('wiring_broken_hint')}</p>
      <Button size="small" look="line" icon={Wrench} disabled={busy} onClick={() => void act(repair)}>
        {busy && <Spinner size={16} />}
        {words('wiring_repair')}
      </Button>
      {gone && <p role="alert">{words('wiring_gone')}</p>}
      {failure && !gone && <FailureBanner failure={failure} />}
    </Banner>
  )
}
