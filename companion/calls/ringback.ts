/** One round of the ringing tone: 1 s on, 4 s off. */
export const RINGBACK_SECONDS = 5

const RATE = 8000
const HERTZ = 425
const AMPLITUDE = 0.25 * 32767
/** A tone that starts or stops at once clicks. */
const FADE_SECONDS = 0.01

/**
 * The ringing tone of most of Europe (ETSI TR 101 041: 425 Hz, 1 s on, 4 s off) as a WAV: 16 bit, mono, 8 kHz. About 80 kB; made once.
 */
export function makeRingback(): Buffer {
  const samples = RATE * RINGBACK_SECONDS
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20) // PCM
  wav.writeUInt16LE(1, 22) // mono
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < RATE; i++) wav.writeInt16LE(Math.round(toneAt(i / RATE)), 44 + i * 2)
  return wav
}

function toneAt(second: number): number {
  const fade = Math.min(1, second / FADE_SECONDS, (1 - second) / FADE_SECONDS)
  return AMPLITUDE * fade * Math.sin(2 * Math.PI * HERTZ * second)
}
