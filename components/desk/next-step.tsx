import { ArrowRight } from 'lucide'
import { words } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'

/** On to the next step of the first run. */
export function NextStep({ href }: { href: string }) {
  return (
    <p>
      <a class="button" data-look="main" href={href}>
        {words('steps_go_on')} <Icon of={ArrowRight} />
      </a>
    </p>
  )
}

/** The first run is over. */
export function AllDone() {
  return (
    <section class="page-part stack" role="status">
      <h2>{words('steps_done')}</h2>
      <p class="soft">{words('steps_done_hint')}</p>
    </section>
  )
}
