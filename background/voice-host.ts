/**
 * Keeps the voice page up while it is wanted and talks to it. Chrome: the one offscreen document. Firefox: a frame in the background page, which is
 * persistent there (docs/decisions/0001). Either way it is the same page, and it opens the port: after a stopped worker that port wakes the desk.
 */
import type { Failure, FromVoice, ToVoice } from '../utils/messages.ts'

export interface VoiceHost {
  /** Brings the page up or, when nothing needs it, takes it down. */
  want(wanted: boolean): void
  ring(on: boolean): void
  /** Waits for the page where it is about to come up: where that is not wanted by the next `want`, it is lost. */
  say(message: ToVoice): void
  /** The page opened its port. */
  attach(port: VoicePort): void
}

export interface VoicePort {
  postMessage(message: unknown): void
  onMessage: { addListener(listener: (message: unknown) => void): void }
  onDisconnect: { addListener(listener: () => void): void }
}

export interface VoiceHostParts {
  page: VoicePage
  onSaid(said: FromVoice): void
  onGone(failure: Failure | null): void
}

/** Where the page lives: an edge of its own so that tests need no browser. */
export interface VoicePage {
  isOpen(): Promise<boolean>
  open(): Promise<void>
  close(): Promise<void>
}

/** The page opens its port again within this time if it lives, milliseconds. */
const REATTACH = 3_000

export function createVoiceHost({ page, onSaid, onGone }: VoiceHostParts): VoiceHost {
  let wanted: boolean | null = null
  let ringing = false
  let port: VoicePort | null = null
  let waiting: ToVoice[] = []
  /** Opening and closing are one after another: the browser allows one offscreen document and refuses a second. */
  let tail: Promise<void> = Promise.resolve()

  async function settle(): Promise<void> {
    const open = await page.isOpen()
    if (wanted && !open) {
      try {
        await page.open()
      } catch {
        onGone({ code: 'voice_failed' })
      }
    } else if (!wanted && open) {
      port?.postMessage({ type: 'close' } satisfies ToVoice)
      await page.close()
      onGone(null)
    } else if (wanted && open && !port) {
      setTimeout(() => void checkAlive(), REATTACH)
    }
  }

  /** A page that is there but has no port is a wreck: a new one takes its place. */
  async function checkAlive(): Promise<void> {
    if (port || !wanted) return
    await page.close().catch(() => undefined)
    onGone(null)
    again()
  }

  function again(): void {
    tail = tail.then(settle).catch(() => onGone({ code: 'voice_failed' }))
  }

  return {
    want(next) {
      if (!next) waiting = []
      if (next === wanted) return
      wanted = next
      again()
    },
    ring(on) {
      if (on === ringing) return
      ringing = on
      port?.postMessage({ type: 'ring', on } satisfies ToVoice)
    },
    say(message) {
      if (port) port.postMessage(message)
      else waiting.push(message)
    },
    attach(attached) {
      port = attached
      attached.onMessage.addListener((message) => {
        if (port === attached) onSaid(message as FromVoice)
      })
      attached.onDisconnect.addListener(() => {
        if (port !== attached) return
        port = null
        setTimeout(() => {
          if (port) return
          onGone(null)
          again()
        }, REATTACH)
      })
      for (const message of [{ type: 'report' }, { type: 'ring', on: ringing }, ...waiting] as ToVoice[]) attached.postMessage(message)
      waiting = []
    },
  }
}
