/** A recording as the companion takes it: WAV, 16 bit PCM, mono. Telephones carry no more than 8 kHz of sound, so 16 000 samples a second lose nothing. */
export const RATE = 16_000

/** Of the chosen file; the companion takes no more either. */
export const MOST_BYTES = 10_000_000
export const MOST_SECONDS = 120

const HEADER = 44
/** How long a recording of `encodeWav` lasts. */
export const secondsOf = (wav: Uint8Array) => (wav.length - HEADER) / 2 / RATE

/** `samples` of one channel, −1 to 1. */
export function encodeWav(samples: Float32Array, rate = RATE): Uint8Array {
  const bytes = new Uint8Array(HEADER + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const text = (at: number, letters: string) =>
    bytes.set(
      [...letters].map((letter) => letter.charCodeAt(0)),
      at,
    )
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples.length * 2, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  for (const [index, sample] of samples.entries())
    view.setInt16(HEADER + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true)
  return bytes
}

/** Base64 in pieces: a spread of the whole would overflow the stack. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

/** Whatever sound the browser can read, mixed to one channel. Rejects where it is none. */
export async function decodeToWav(file: Blob): Promise<Uint8Array> {
  const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await file.arrayBuffer())
  const mixer = new OfflineAudioContext(1, Math.max(1, Math.ceil(sound.duration * RATE)), RATE)
  const source = mixer.createBufferSource()
  source.buffer = sound
  source.connect(mixer.destination)
  source.start()
  return encodeWav((await mixer.startRendering()).getChannelData(0))
}
