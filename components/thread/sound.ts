import type { Actions } from '../actions.ts'
import type { LoadSound } from './voicemail-player.tsx'

/** A recording comes through the desk as base64, because only the desk holds the session. */
export function loadBySending(actions: Pick<Actions, 'send'>): LoadSound {
  return async (recordingId) => {
    const { base64, mime } = (await actions.send({ type: 'read-recording', recordingId })) as { base64: string; mime: string }
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const url = URL.createObjectURL(new Blob([bytes], { type: mime }))
    return { url, release: () => URL.revokeObjectURL(url) }
  }
}
