/** WAV files in and out. In: PCM of 8 or 16 bit and μ-law, any channels, any rate. Out: what the switchboard speaks, 16 bit mono 8 kHz. */
import { decodePcmu } from './pcmu.ts'
import { SAMPLE_RATE } from './port.ts'
import { resample } from './resample.ts'

const PCM = 1
const MU_LAW = 7
const EXTENSIBLE = 0xfffe

interface Format {
  tag: number
  channels: number
  rate: number
  bits: number
}

const text = (view: DataView, at: number): string => String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4))

const readFormat = (view: DataView, at: number, size: number): Format => {
  const tag = view.getUint16(at, true)
  return {
    tag: tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  }
}

// A Buffer's slice shares its memory, so the bytes are copied by hand to stand at an even address.
const toSamples = (data: Uint8Array, format: Format): Int16Array => {
  if (format.tag === MU_LAW) return decodePcmu(data)
  if (format.tag === PCM && format.bits === 8) return Int16Array.from(data, (byte) => (byte - 128) << 8)
  if (format.tag === PCM && format.bits === 16) return new Int16Array(new Uint8Array(data.subarray(0, data.length & ~1)).buffer)
  throw new Error(`A WAV file must hold PCM of 8 or 16 bit or mu-law; this one holds format ${format.tag} of ${format.bits} bit.`)
}

const toMono = (samples: Int16Array, channels: number): Int16Array =>
  channels === 1
    ? samples
    : Int16Array.from({ length: Math.floor(samples.length / channels) }, (_, frame) => {
        let sum = 0
        for (let channel = 0; channel < channels; channel++) sum += samples[frame * channels + channel] as number
        return Math.round(sum / channels)
      })

/** A WAV file's bytes as 8 kHz mono samples. Throws an Error with words for a person where the file cannot be read. */
export const readWav = (bytes: Uint8Array): Int16Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || text(view, 0) !== 'RIFF' || text(view, 8) !== 'WAVE') throw new Error('This is not a WAV file.')
  let format: Format | undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = text(view, at)
    // A program that writes to a pipe does not know the length and claims too much.
    const size = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8)
    if (id === 'fmt ' && size >= 16) format = readFormat(view, at + 8, size)
    if (id === 'data') {
      if (!format || format.channels === 0 || format.rate === 0) break
      return resample(toMono(toSamples(bytes.subarray(at + 8, at + 8 + size), format), format.channels), format.rate, SAMPLE_RATE)
    }
    at += 8 + size + (size & 1)
  }
  throw new Error('This WAV file has no sound in it.')
}

/** 8 kHz mono samples as the bytes of a WAV file. */
export const writeWav = (samples: Int16Array): Uint8Array => {
  const bytes = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const put = (at: number, word: string) => bytes.set(new TextEncoder().encode(word), at)
  put(0, 'RIFF')
  view.setUint32(4, 36 + samples.length * 2, true)
  put(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, PCM, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, SAMPLE_RATE, true)
  view.setUint32(28, SAMPLE_RATE * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  put(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, index) => {
    view.setInt16(44 + index * 2, sample, true)
  })
  return bytes
}
