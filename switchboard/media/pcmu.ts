/** G.711 μ-law (PCMU), the one codec of the switchboard: one byte a sample at 8 kHz. */
const BIAS = 0x84
const CLIP = 32635

const decodeByte = (byte: number): number => {
  const bits = ~byte & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4)) - BIAS
  return bits & 0x80 ? -magnitude : magnitude
}

const encodeSample = (sample: number): number => {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7)
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff
}

// Tables, because every leg converts 8000 samples a second each way.
const DECODED = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte))
const ENCODED = Uint8Array.from({ length: 65536 }, (_, index) => encodeSample(index - 32768))

/** μ-law bytes to 16 bit samples. */
export const decodePcmu = (bytes: Uint8Array): Int16Array => {
  const samples = new Int16Array(bytes.length)
  for (let at = 0; at < bytes.length; at++) samples[at] = DECODED[bytes[at] as number] as number
  return samples
}

/** 16 bit samples to μ-law bytes. */
export const encodePcmu = (samples: Int16Array): Uint8Array => {
  const bytes = new Uint8Array(samples.length)
  for (let at = 0; at < samples.length; at++) bytes[at] = ENCODED[(samples[at] as number) + 32768] as number
  return bytes
}
