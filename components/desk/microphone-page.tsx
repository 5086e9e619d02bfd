import type { ReadonlySignal } from '@preact/signals'
import { Bell, CircleStop, Mic, Volume2 } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Device } from '../../utils/devices.ts'
import type { Snapshot } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Choice } from '../base/choice.tsx'
import { Waiting } from '../base/signs.tsx'
import { deviceOptions } from '../call/microphone-choice.tsx'
import { LevelMeter } from './level-meter.tsx'
import { RefusedHelp } from './refused-help.tsx'

export interface MicrophoneCheck {
  /** `idle`: nothing asked yet on this page. `listening`: the meter moves. */
  state: 'idle' | 'asking' | 'listening' | 'refused' | 'missing'
  /** Something was loud enough to be a voice. */
  heard: boolean
  microphones: Device[]
  speakers: Device[]
}

interface Props {
  check: MicrophoneCheck
  level: ReadonlySignal<number>
  granted: boolean
  devices: Snapshot['devices']
  firefox: boolean
  onStart: () => void
  onStop: () => void
  onChoose: (devices: Snapshot['devices']) => void
  onPlay: (which: 'speaker' | 'ringer') => void
  /** Where one is in the first run, and what comes next. */
  steps?: ComponentChildren
  next?: ComponentChildren
}

/** Permission, level and choice of devices. The microphone is asked for once, here, where it can be explained. */
export function MicrophonePage(props: Props) {
  const { check, granted, devices, onChoose, onPlay } = props
  return (
    <div class="page stack">
      {props.steps}
      <h1 class="page-title">{words('mic_title')}</h1>
      <section class="page-part stack">
        <h2>{words('microphone')}</h2>
        <Ask {...props} />
        {(granted || check.state === 'listening') && (
          <DeviceChoice
            label={words('microphone')}
            hint={words('microphone_hint')}
            list={check.microphones}
            value={devices.microphoneId}
            onChoose={(microphoneId) => onChoose({ ...devices, microphoneId })}
          />
        )}
      </section>
      <section class="page-part stack">
        <DeviceChoice
          label={words('speaker')}
          hint={words('speaker_hint')}
          list={check.speakers}
          value={devices.speakerId}
          onChoose={(speakerId) => onChoose({ ...devices, speakerId })}
        >
          <Button look="line" icon={Volume2} onClick={() => onPlay('speaker')}>
            {words('speaker_test')}
          </Button>
        </DeviceChoice>
        <DeviceChoice
          label={words('ringer')}
          hint={words('ringer_hint')}
          list={check.speakers}
          value={devices.ringerId}
          onChoose={(ringerId) => onChoose({ ...devices, ringerId })}
        >
          <Button look="line" icon={Bell} onClick={() => onPlay('ringer')}>
            {words('ringer_test')}
          </Button>
        </DeviceChoice>
      </section>
      {props.next}
    </div>
  )
}

function Ask({ check, level, granted, firefox, onStart, onStop }: Props) {
  switch (check.state) {
    case 'idle':
      return (
        <>
          {granted ? <Banner tone="go" title={words('mic_works')} /> : <p class="soft">{words('mic_why')}</p>}
          <div>
            <Button look={granted ? 'line' : 'main'} icon={Mic} onClick={onStart}>
              {words(granted ? 'mic_start' : 'mic_allow')}
            </Button>
          </div>
        </>
      )
    case 'asking':
      return <Waiting>{words('mic_asking')}</Waiting>
    case 'listening':
      return (
        <>
          <p role="status">{words(check.heard ? 'mic_heard' : 'mic_speak')}</p>
          <div class="row">
            <div class="grow">
              <LevelMeter level={level} />
            </div>
            <Button look="line" size="small" icon={CircleStop} onClick={onStop}>
              {words('mic_stop')}
            </Button>
          </div>
        </>
      )
    case 'refused':
      return <RefusedHelp firefox={firefox} onRetry={onStart} />
    case 'missing':
      return (
        <Banner tone="stop" role="alert" title={words('mic_missing_title')}>
          <p>{words('mic_missing_hint')}</p>
          <Button size="small" look="line" onClick={onStart}>
            {words('try_again')}
          </Button>
        </Banner>
      )
  }
}

interface ChoiceProps {
  label: string
  hint: string
  list: Device[]
  value: string | null
  onChoose: (id: string | null) => void
  children?: ComponentChildren
}

function DeviceChoice({ label, hint, list, value, onChoose, children }: ChoiceProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="faint">{hint}</p>
      <div class="device-row">
        <Choice id={id} value={value ?? ''} options={deviceOptions(list)} onChoose={(chosen) => onChoose(chosen || null)} />
        {children}
      </div>
    </div>
  )
}
