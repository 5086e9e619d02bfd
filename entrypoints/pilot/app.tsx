import { signal } from '@preact/signals'
import type { Actions } from '../../components/actions.ts'
import { MicrophoneChoice } from '../../components/call/microphone-choice.tsx'
import { PilotView } from '../../components/call/pilot-view.tsx'
import { watchDevices } from '../../utils/devices.ts'
import { openDesk } from '../../utils/open-desk.ts'
import type { Teller } from '../../utils/teller.ts'
import type { View } from '../../utils/view.ts'
import type { Guard } from './guard.ts'

const { devices } = watchDevices()
/** A press was not let through. Said until one is, or until it no longer matters. */
const refused = signal(false)

export function Pilot({ view, teller, guard }: { view: View; teller: Teller; guard: Guard }) {
  const snapshot = view.snapshot.value
  if (!snapshot) return null
  const actions: Actions = {
    send: view.send,
    tell: teller.tell,
    failure: teller.failure.value,
    press(event, command) {
      refused.value = !guard.allows(event)
      if (!refused.value) teller.tell(command)
    },
    open: (path) => void openDesk(path),
  }
  return (
    <PilotView
      snapshot={snapshot}
      actions={actions}
      refused={refused.value && (snapshot.offers.length > 0 || snapshot.call !== null)}
      microphone={<MicrophoneChoice microphones={devices.value.microphones} devices={snapshot.devices} actions={actions} />}
    />
  )
}
