/** WAV of 16 bit PCM with one channel (Microsoft's RIFF, https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html). */

export interface Sound {
  /** Samples a second. */
  rate: number
  /** −1 to 1. */
  samples: Float32Array
}

const PCM = 1

/** Undefined for whatever is not exactly such a file of 8–48 kHz. Chunks that are not needed may be there. */
export function parseWav(bytes: Buffer): Sound | undefined {
  if (bytes.length < 44 || text(bytes, 0) !== 'RIFF' || text(bytes, 8) !== 'WAVE' || bytes.readUInt32LE(4) + 8 !== bytes.length)
    return undefined
  let rate: number | undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    const body = bytes.subarray(at + 8, at + 8 + size)
    if (body.length !== size) return undefined
    if (text(bytes, at) === 'fmt ') rate = readFormat(body)
    if (text(bytes, at) === 'data') return rate === undefined || size % 2 !== 0 ? undefined : { rate, samples: readSamples(body) }
    // Chunks begin at even places.
    at += 8 + size + (size % 2)
  }
  return undefined
}

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4)

function readFormat(body: Buffer): number | undefined {
  if (body.length < 16) return undefined
  const rate = body.readUInt32LE(4)
  const right =
    body.readUInt16LE(0) === PCM &&
    body.readUInt16LE(2) === 1 &&
    rate >= 8000 &&
    rate <= 48_000 &&
    body.readUInt32LE(8) === rate * 2 &&
    body.readUInt16LE(12) === 2 &&
    body.readUInt16LE(14) === 16
  return right ? rate : undefined
}

function readSamples(body: Buffer): Float32Array {
  const samples = new Float32Array(body.length / 2)
  for (let i = 0; i < samples.length; i++) samples[i] = body.readInt16LE(i * 2) / 32768
  return samples
}

export function writeWav({ rate, samples }: Sound): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(PCM, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, i) => {
    bytes.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(sample * 32768))), 44 + i * 2)
  })
  return bytes
}
