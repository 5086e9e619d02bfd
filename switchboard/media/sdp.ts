/** What a session description needs that werift does not write, and the little that we read from one. */
import { networkInterfaces } from 'node:os'

/** IPv4 addresses under which this machine can be reached, loopback included. */
export const hostAddresses = (): string[] => [
  '127.0.0.1',
  ...Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address),
]

/** The DTLS fingerprint: the same one means the same peer connection at the far end. */
export const fingerprintOf = (sdp: string): string | undefined => /^a=fingerprint:(.+?)\s*$/m.exec(sdp)?.[1]?.toUpperCase()

/** The ICE user fragment: a new one on the same peer connection is an ICE restart. */
export const ufragOf = (sdp: string): string | undefined => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1]

// Firefox never connects an incoming call where ice-lite stands at media level, as werift writes it.
const moveIceLite = (lines: string[]): string[] => {
  const rest = lines.filter((line) => line !== 'a=ice-lite')
  const media = rest.findIndex((line) => line.startsWith('m='))
  return [...rest.slice(0, media), 'a=ice-lite', ...rest.slice(media)]
}

// werift binds one socket to all addresses and is told of loopback only; the same port is reachable under every other one.
const addCandidates = (lines: string[], addresses: string[]): string[] =>
  lines.flatMap((line) => {
    const parts = /^(a=candidate:)\S+( 1 udp )\d+ \S+( \d+ typ host.*)$/.exec(line)
    if (!parts) return [line]
    return addresses.map((address, index) => `${parts[1]}${index + 1}${parts[2]}${2130706431 - index} ${address}${parts[3]}`)
  })

// Without a stream the SDK's `event.streams[0]` is undefined and nothing is heard.
const nameStream = (lines: string[]): string[] => [
  ...lines
    .filter((line) => !line.startsWith('a=msid:'))
    .flatMap((line) => (line.startsWith('a=mid:') ? [line, 'a=msid:switchboard voice'] : [line])),
]

/** werift's description as browsers need it. `addresses` are advertised as host candidates. */
export const finishSdp = (sdp: string, addresses: string[]): string => {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '' && line !== 'a=ice-options:trickle')
  return `${nameStream(addCandidates(moveIceLite(lines), addresses)).join('\r\n')}\r\n`
}
