import type { Actions } from '../../components/actions.ts'
import { MicrophoneChoice } from '../../components/call/microphone-choice.tsx'
import { PopupView } from '../../components/popup/popup-view.tsx'
import { watchDevices } from '../../utils/devices.ts'
import { openDesk } from '../../utils/open-desk.ts'
import type { Teller } from '../../utils/teller.ts'
import type { View } from '../../utils/view.ts'
import { Site } from './site.tsx'

const { devices } = watchDevices()

export function Popup({ view, teller }: { view: View; teller: Teller }) {
  const snapshot = view.snapshot.value
  const actions: Actions = {
    send: view.send,
    tell: teller.tell,
    failure: teller.failure.value,
    // A popup of the browser has no page around it that could lay something over it.
    press(event, command) {
      if (event.isTrusted) teller.tell(command)
    },
    reach(event, callId) {
      if (event.isTrusted) void view.send({ type: 'open-microphone', callId }).catch(() => undefined)
    },
    // A popup closes only in some browsers when a tab is opened.
    open: (path) => void openDesk(path).then(() => window.close()),
  }
  return (
    <PopupView
      snapshot={snapshot}
      actions={actions}
      site={<Site view={view} />}
      microphone={snapshot && <MicrophoneChoice microphones={devices.value.microphones} devices={snapshot.devices} actions={actions} />}
    />
  )
}
