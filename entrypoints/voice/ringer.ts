/** The ring: one sound in a loop, on the output that the agent chose for it. */

export interface Ringer {
  ring(on: boolean): void
  on(): boolean
  /** Null is the system's default output. */
  chooseOutput(deviceId: string | null): void
}

export function createRinger(): Ringer {
  const sound = new Audio('/sounds/ring.wav')
  sound.loop = true
  sound.preload = 'auto'
  let wanted = false
  return {
    ring(on) {
      if (on === wanted) return
      wanted = on
      if (!on) {
        sound.pause()
        return
      }
      sound.currentTime = 0
      // Stopped before it began, or no output at all: the notification and the badge ring too.
      sound.play().catch(() => undefined)
    },
    on: () => wanted,
    chooseOutput(deviceId) {
      // An output that was unplugged: it stays on the one before.
      sound.setSinkId?.(deviceId ?? '').catch(() => undefined)
    },
  }
}
