/** Tells when sound really flows: RTP counters that grow in both directions after the call opened. `accept` of the SDK means signalling only. */

/** Milliseconds between looks until then: the agent waits for it. */
const EVERY = 50

/** Milliseconds without sound after which it will not come: media that comes at all is there in a second or two. */
const GIVE_UP = 10_000

/** Calls `onMedia` or `onSilence`, one of them, once. Returns its end. */
export function watchMedia(connection: () => RTCPeerConnection | null, onMedia: () => void, onSilence: () => void): () => void {
  let base: Counters | null = null
  let stopped = false
  const began = performance.now()

  async function look(): Promise<void> {
    const peer = connection()
    const now = peer && (await count(peer).catch(() => null))
    if (stopped) return
    base ??= now
    if (now && base && now.received > base.received && now.sent > base.sent) {
      stopped = true
      onMedia()
    } else if (performance.now() - began > GIVE_UP) {
      stopped = true
      onSilence()
    } else setTimeout(() => void look(), EVERY)
  }

  void look()
  return () => {
    stopped = true
  }
}

interface Counters {
  received: number
  sent: number
}

async function count(peer: RTCPeerConnection): Promise<Counters> {
  const counters = { received: 0, sent: 0 }
  for (const stats of (await peer.getStats()).values()) {
    if (stats.type === 'inbound-rtp') counters.received += stats.packetsReceived ?? 0
    if (stats.type === 'outbound-rtp') counters.sent += stats.packetsSent ?? 0
  }
  return counters
}
