/**
 * Opens the microphone a moment before the SDK asks for it: real devices take 100 to 300 ms, in which the companion is asked who won.
 * Used once, and let go where nobody comes for it.
 */

/** Milliseconds that an open microphone waits for its call: as long as a claim may take. */
const WAITS = 5_000

export interface WarmMicrophone {
  open(constraints: MediaStreamConstraints): void
  /** In place of `navigator.mediaDevices.getUserMedia`: the open one where it fits, else a new one. */
  take(constraints: MediaStreamConstraints): Promise<MediaStream>
}

export function createWarmMicrophone(): WarmMicrophone {
  let warm: { asked: string; stream: Promise<MediaStream>; timer: ReturnType<typeof setTimeout> } | null = null

  function letGo(): void {
    const going = warm
    warm = null
    if (!going) return
    clearTimeout(going.timer)
    // Refused: then the SDK's own try will say so.
    going.stream
      .then((stream) => {
        for (const track of stream.getTracks()) track.stop()
      })
      .catch(() => undefined)
  }

  return {
    open(constraints) {
      letGo()
      const stream = navigator.mediaDevices.getUserMedia(constraints)
      stream.catch(() => undefined)
      warm = { asked: JSON.stringify(constraints), stream, timer: setTimeout(letGo, WAITS) }
    },
    take(constraints) {
      if (warm?.asked !== JSON.stringify(constraints)) {
        letGo()
        return navigator.mediaDevices.getUserMedia(constraints)
      }
      const { stream, timer } = warm
      clearTimeout(timer)
      warm = null
      return stream
    },
  }
}
