/** Key presses that travel as RTP events (RFC 4733): several packets of one timestamp for each press. */
const KEYS = '0123456789*#ABCD'

/** Returns a function that is given each event packet and answers with the key at its first packet. */
export const createDigitReader = (): ((timestamp: number, payload: Uint8Array) => string | undefined) => {
  let last: number | undefined
  return (timestamp, payload) => {
    if (timestamp === last) return undefined
    last = timestamp
    return KEYS[payload[0] ?? 16]
  }
}
