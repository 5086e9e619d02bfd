import { words } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'

/** A page cannot ask twice: only the person can undo a refusal, and each browser hides the place elsewhere. */
export function RefusedHelp({ firefox, onRetry }: { firefox: boolean; onRetry: () => void }) {
  const steps = firefox
    ? ['mic_refused_firefox_1', 'mic_refused_steps_3']
    : ['mic_refused_steps_1', 'mic_refused_steps_2', 'mic_refused_steps_3']
  return (
    <Banner tone="stop" role="alert" title={words('mic_refused_title')}>
      <ol class="numbered">
        {steps.map((key) => (
          <li key={key}>{words(key)}</li>
        ))}
      </ol>
      <p>{words('mic_refused_system')}</p>
      <Button size="small" look="line" onClick={onRetry}>
        {words('try_again')}
      </Button>
    </Banner>
  )
}
