/**
 * The voice page: Device, microphone, ringer. It decides nothing; it does what the desk says and tells the desk all that it holds, whole, at each
 * change. The desk may be stopped at any time: the call goes on here, and the port that is opened anew wakes it.
 */
import { browser } from '../../utils/browser.ts'
import type { FromVoice, PortName, ToVoice } from '../../utils/messages.ts'
import { createDevice } from './device.ts'
import { installEar } from './ear.ts'
import { watchMicrophone } from './microphone.ts'
import { createRinger } from './ringer.ts'

/** Milliseconds before the port is opened again. */
const REOPEN = 100

export function openVoice(): void {
  const ringer = createRinger()
  let port: ReturnType<typeof browser.runtime.connect> | null = null
  /** Null until we looked: to say `unknown` meanwhile would have the desk take this page down again. */
  let microphone: FromVoice['microphone'] | null = null
  let said = ''

  function tell(again = false): void {
    if (microphone === null) return
    const next: FromVoice = { type: 'state', ...device.state(), microphone, ringing: ringer.on() }
    const text = JSON.stringify(next)
    if (text === said && !again) return
    said = text
    port?.postMessage(next)
  }

  const device = createDevice({ onChange: () => tell(), onTrack: installEar() })
  watchMicrophone((next) => {
    microphone = next
    tell()
  })

  function hear(message: ToVoice): void {
    switch (message.type) {
      case 'prepare':
        ringer.chooseOutput(message.devices.ringerId)
        device.prepare(message.token, message.edge, message.devices)
        break
      case 'open-microphone':
        device.openMicrophone()
        break
      case 'connect':
        device.connect(message)
        break
      case 'mute':
        device.mute(message.muted)
        break
      case 'hang-up':
        device.hangUp()
        break
      case 'listen':
        device.listen(message.ticket)
        break
      case 'stop-listening':
        device.stopListening()
        break
      case 'ring':
        ringer.ring(message.on)
        break
      case 'choose-devices':
        ringer.chooseOutput(message.devices.ringerId)
        device.chooseDevices(message.devices)
        break
      case 'report':
        break
      case 'close':
        ringer.ring(false)
        device.close()
        break
    }
    tell(message.type === 'report')
  }

  function open(): void {
    // Gone once the extension is updated or removed; the browser takes this page down then.
    if (!browser.runtime?.id) return
    const opened = browser.runtime.connect({ name: 'voice' satisfies PortName })
    port = opened
    opened.onMessage.addListener((message: unknown) => hear(message as ToVoice))
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return
      port = null
      setTimeout(open, REOPEN)
    })
    tell(true)
  }

  open()
}
