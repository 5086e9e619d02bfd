/**
 * The microphone, opened while the finger is still down on Answer: a press lasts about a tenth of a second, in which it is up. It goes to the call
 * that follows, or is closed again: whoever draws the finger away was not heard by anybody.
 */

/** Milliseconds that it waits for its call. */
const KEPT = 1_000

type Open = (constraints: MediaStreamConstraints) => Promise<MediaStream>

export interface EarlyMicrophone {
  open(): void
  /** For the SDK, in place of the browser's own: hands out what was opened early where the same is asked for. */
  getUserMedia: Open
  close(): void
}

export function createEarlyMicrophone(
  browserOpen: Open = (constraints) => navigator.mediaDevices.getUserMedia(constraints),
): EarlyMicrophone {
  let early: { asked: string; stream: Promise<MediaStream>; timer: ReturnType<typeof setTimeout> } | null = null
  /** What the SDK asked for last; at first, what it asks for without any choice. */
  let usual: MediaStreamConstraints = { audio: true }

  function take() {
    const taken = early
    early = null
    clearTimeout(taken?.timer)
    return taken
  }

  function close(): void {
    const stop = (stream: MediaStream) => {
      for (const track of stream.getTracks()) track.stop()
    }
    take()?.stream.then(stop, () => undefined)
  }

  return {
    open() {
      if (early) return
      const stream = browserOpen(usual)
      // Refused or missing: the call asks again, and its failure is told.
      stream.catch(() => undefined)
      early = { asked: JSON.stringify(usual), stream, timer: setTimeout(close, KEPT) }
    },
    getUserMedia(constraints) {
      usual = constraints
      if (early?.asked !== JSON.stringify(constraints)) close()
      return take()?.stream.catch(() => browserOpen(constraints)) ?? browserOpen(constraints)
    },
    close,
  }
}
