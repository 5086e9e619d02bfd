/** What this browser profile keeps for good: small, and nothing about callers. */
import { browser } from '../utils/browser.ts'
import type { Snapshot } from '../utils/messages.ts'

let made: Promise<string> | null = null

/** Made once per browser profile, so that the companion tells this user's browsers apart. */
export function browserId(): Promise<string> {
  made ??= (async () => {
    const { browserId } = await browser.storage.local.get('browserId')
    if (typeof browserId === 'string') return browserId
    const id = crypto.randomUUID()
    await browser.storage.local.set({ browserId: id })
    return id
  })()
  return made
}

export async function keptDevices(): Promise<Snapshot['devices'] | null> {
  const { devices } = await browser.storage.local.get('devices')
  return (devices as Snapshot['devices'] | undefined) ?? null
}

export const keepDevices = (devices: Snapshot['devices']): Promise<void> => browser.storage.local.set({ devices })

/** Whether the extension may use the microphone; also a worker may ask this. Undefined where the browser does not say. */
export async function microphoneGrant(): Promise<'unknown' | 'granted' | 'refused' | undefined> {
  const status = await navigator.permissions.query({ name: 'microphone' }).catch(() => undefined)
  return status && ({ granted: 'granted', denied: 'refused', prompt: 'unknown' } as const)[status.state]
}
