import { Check } from 'lucide'
import { words } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'

export interface Progress {
  signedIn: boolean
  microphone: boolean
  site: boolean
}

/** The way of the first run. Each step is found out from facts, so it can be left and taken up anywhere. */
export function Steps({ progress }: { progress: Progress }) {
  const steps = [
    { key: 'steps_sign_in', href: '#/sign-in', done: progress.signedIn },
    { key: 'steps_microphone', href: '#/microphone', done: progress.microphone },
    { key: 'steps_site', href: '#/sites', done: progress.site },
  ]
  const now = steps.findIndex((step) => !step.done)
  return (
    <nav class="steps" aria-label={words('steps_title')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.key} data-done={step.done} aria-current={index === now ? 'step' : undefined}>
            <span class="steps-mark">{step.done ? <Icon of={Check} size={14} /> : index + 1}</span>
            {/* What comes before signing in has no page yet. */}
            {progress.signedIn && index > 0 ? <a href={step.href}>{words(step.key)}</a> : <span>{words(step.key)}</span>}
            {step.done && <span class="unseen">{words('steps_step_done')}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
