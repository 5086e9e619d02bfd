import { Mic, Settings2 } from 'lucide'
import type { Device } from '../../utils/devices.ts'
import type { Snapshot } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Button } from '../base/button.tsx'
import { Choice } from '../base/choice.tsx'
import { Icon } from '../base/icon.tsx'

interface Props {
  /** Empty where this page may not see devices: an iframe in a CRM page often may not. The desk page always may. */
  microphones: Device[]
  devices: Snapshot['devices']
  actions: Actions
}

/** Changes the microphone during a call. */
export function MicrophoneChoice({ microphones, devices, actions }: Props) {
  if (microphones.length === 0) {
    return (
      <Button look="plain" size="small" icon={Settings2} onClick={() => actions.open('/microphone')}>
        {words('choose_microphone')}
      </Button>
    )
  }
  return (
    <div class="row call-microphone">
      <Icon of={Mic} size={16} />
      <Choice
        size="small"
        label={words('choose_microphone')}
        value={devices.microphoneId ?? ''}
        options={deviceOptions(microphones)}
        onChoose={(id) => actions.tell({ type: 'choose-devices', ...devices, microphoneId: id || null })}
      />
    </div>
  )
}

/** The system's default first; a device without a name gets a number. */
export function deviceOptions(list: Device[]) {
  const named = list.map((device, index) => ({ value: device.id, text: device.name || words('unnamed_device', index + 1) }))
  return [{ value: '', text: words('system_default') }, ...named]
}
