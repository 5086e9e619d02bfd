import { type ReadonlySignal, useComputed } from '@preact/signals'
import { words } from '../../utils/words.ts'

/** How loud the microphone is, 0 to 1. It follows the signal without rendering anything else anew. */
export function LevelMeter({ level }: { level: ReadonlySignal<number> }) {
  const value = useComputed(() => Math.min(1, level.value))
  return <meter class="meter" min={0} max={1} low={0.08} optimum={0.5} value={value} aria-label={words('mic_level')} />
}
