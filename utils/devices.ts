/** Microphones and speakers of this machine. Names are known only once the microphone is allowed. */
import { type ReadonlySignal, signal } from '@preact/signals'

export interface Device {
  id: string
  name: string
}

export interface Devices {
  microphones: Device[]
  speakers: Device[]
}

/** Where devices may not be seen at all (an iframe in a page that forbids it): none. */
export async function listDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  const of = (kind: MediaDeviceKind) =>
    all
      // Chrome lists `default` and `communications` as devices of their own; the system's default is a choice of ours already.
      .filter((device) => device.kind === kind && device.deviceId && !['default', 'communications'].includes(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, name: label }))
  return { microphones: of('audioinput'), speakers: of('audiooutput') }
}

/** The list, kept fresh while headsets come and go. `refresh` after a permission was given. */
export function watchDevices(): { devices: ReadonlySignal<Devices>; refresh: () => void } {
  const devices = signal<Devices>({ microphones: [], speakers: [] })
  const refresh = () => {
    void listDevices().then((list) => {
      devices.value = list
    })
  }
  navigator.mediaDevices?.addEventListener('devicechange', refresh)
  refresh()
  return { devices, refresh }
}
