import type { FromVoice } from '../../utils/messages.ts'

type Microphone = FromVoice['microphone']

/** Says whether there is a microphone and whether we may use it, now and at each change. Asks for nothing: this page cannot show a prompt. */
export function watchMicrophone(onChange: (microphone: Microphone) => void): void {
  let last: Microphone | null = null
  let status: PermissionStatus | null = null

  async function look(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
    const present = devices.some(({ kind }) => kind === 'audioinput')
    const next: Microphone =
      !status || status.state === 'prompt' ? 'unknown' : status.state === 'denied' ? 'refused' : present ? 'granted' : 'missing'
    if (next === last) return
    last = next
    onChange(next)
  }

  navigator.permissions
    .query({ name: 'microphone' })
    .then((found) => {
      status = found
      found.onchange = () => void look()
    })
    .catch(() => undefined)
    .finally(() => void look())
  navigator.mediaDevices.addEventListener('devicechange', () => void look())
}
