import { signal } from '@preact/signals'
import type { Actions } from '../../components/actions.ts'
import { MicrophoneChoice } from '../../components/call/microphone-choice.tsx'
import { PilotView } from '../../components/call/pilot-view.tsx'
import { watchDevices } from '../../utils/devices.ts'
import { openDesk } from '../../utils/open-desk.ts'
import type { Teller } from '../../utils/teller.ts'
import type { View } from '../../utils/view.ts'
import { type Guard, type Refusal, seenFor } from './guard.ts'

const { devices } = watchDevices()
/** A press was not let through. Said until one is, or until it no longer matters. */
const refused = signal<Refusal | null>(null)

/** Since when the buttons of this call are there. */
let shown: { callId: string | null; at: number } = { callId: null, at: 0 }

export function Pilot({ view, teller, guard }: { view: View; teller: Teller; guard: Guard }) {
  const snapshot = view.snapshot.value
  if (!snapshot) return null
  const callId = snapshot.call?.call.id ?? null
  if (callId !== shown.callId) shown = { callId, at: performance.now() }
  const actions: Actions = {
    send: view.send,
    tell: teller.tell,
    failure: teller.failure.value,
    press(event, command) {
      // The second click of a double click on Answer, for Hang up comes up where it was.
      if (command.type === 'hang-up' && performance.now() - shown.at < seenFor) return
      refused.value = guard.refuses(event)
      if (refused.value === null) teller.tell(command)
    },
    reach(event, callId) {
      if (guard.refuses(event) === null) void view.send({ type: 'open-microphone', callId }).catch(() => undefined)
    },
    open: (path) => void openDesk(path),
  }
  return (
    <PilotView
      snapshot={snapshot}
      actions={actions}
      refused={snapshot.offers.length > 0 || snapshot.call !== null ? refused.value : null}
      microphone={<MicrophoneChoice microphones={devices.value.microphones} devices={snapshot.devices} actions={actions} />}
    />
  )
}
