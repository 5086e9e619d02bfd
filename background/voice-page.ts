/** Where the voice page lives in this browser. */
import { browser } from '../utils/browser.ts'
import type { VoicePage } from './voice-host.ts'

const path = '/voice.html'

/** Chrome. The reasons keep it open: AUDIO_PLAYBACK alone is closed after 30 s of silence. */
const offscreenPage: VoicePage = {
  async isOpen() {
    const contexts = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT] })
    return contexts.length > 0
  },
  open: () =>
    chrome.offscreen.createDocument({
      url: path,
      reasons: [chrome.offscreen.Reason.USER_MEDIA, chrome.offscreen.Reason.WEB_RTC, chrome.offscreen.Reason.AUDIO_PLAYBACK],
      justification: 'Carries the call: microphone, connection and sound outlive every tab.',
    }),
  close: () => chrome.offscreen.closeDocument(),
}

/** Firefox. */
const framedPage: VoicePage = {
  isOpen: async () => document.querySelector('iframe') !== null,
  async open() {
    const frame = document.createElement('iframe')
    frame.src = browser.runtime.getURL(path)
    document.body.append(frame)
  },
  async close() {
    document.querySelector('iframe')?.remove()
  },
}

/** Decided when the extension is built, so that neither carries the other's. */
export const voicePage = (): VoicePage => (import.meta.env.FIREFOX ? framedPage : offscreenPage)
