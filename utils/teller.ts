/** Commands whose result nobody waits for: what failed is shown for a while, then or when the next one is said, it goes away. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Command, Failure } from './messages.ts'
import { Failed, type View } from './view.ts'

export interface Teller {
  tell: (command: Command) => void
  failure: ReadonlySignal<Failure | null>
}

/** Milliseconds; long enough to read two lines twice. */
const shownFor = 12_000

export function createTeller(view: View): Teller {
  const failure = signal<Failure | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function tell(command: Command): Promise<void> {
    clearTimeout(timer)
    failure.value = null
    try {
      await view.send(command)
    } catch (error) {
      // Where the desk went away in the middle nobody knows what became of it; the next snapshot tells.
      if (!(error instanceof Failed) || !error.heard) return
      failure.value = error.failure
      timer = setTimeout(() => {
        failure.value = null
      }, shownFor)
    }
  }

  return { tell: (command) => void tell(command), failure }
}
