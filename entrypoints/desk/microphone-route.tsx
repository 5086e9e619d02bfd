import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { MicrophonePage } from '../../components/desk/microphone-page.tsx'
import { NextStep } from '../../components/desk/next-step.tsx'
import type { Progress } from '../../components/desk/steps.tsx'
import { browser } from '../../utils/browser.ts'
import type { watchDevices } from '../../utils/devices.ts'
import type { Snapshot } from '../../utils/messages.ts'
import type { View } from '../../utils/view.ts'
import { createMicrophone } from './microphone.ts'
import { play } from './play.ts'

interface Props {
  view: View
  snapshot: Snapshot
  devices: ReturnType<typeof watchDevices>
  steps: ComponentChildren
  progress: Progress
}

export function Microphone({ view, snapshot, devices, steps, progress }: Props) {
  const [microphone] = useState(() =>
    createMicrophone((found) => {
      view.send({ type: 'microphone-checked', microphone: found }).catch(() => {})
      devices.refresh()
    }),
  )
  // Leaving the page ends the check: nothing listens unseen.
  useEffect(() => microphone.stop, [microphone])
  const { microphones, speakers } = devices.devices.value
  return (
    <MicrophonePage
      check={{ state: microphone.state.value, heard: microphone.heard.value, microphones, speakers }}
      level={microphone.level}
      granted={snapshot.microphone === 'granted'}
      devices={snapshot.devices}
      firefox={browser.runtime.getURL('').startsWith('moz-')}
      onStart={() => void microphone.start(snapshot.devices.microphoneId)}
      onStop={microphone.stop}
      onChoose={(chosen) => {
        view.send({ type: 'choose-devices', ...chosen }).catch(() => {})
        if (microphone.state.value === 'listening') void microphone.start(chosen.microphoneId)
      }}
      onPlay={(which) =>
        void play(
          which === 'ringer' ? '/sounds/ring.wav' : '/sounds/test.wav',
          snapshot.devices[which === 'ringer' ? 'ringerId' : 'speakerId'],
        )
      }
      steps={steps}
      next={progress.microphone && !progress.site && <NextStep href="#/sites" />}
    />
  )
}
