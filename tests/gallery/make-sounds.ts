/**
 * Makes public/sounds: `node tests/gallery/make-sounds.ts`. Sine partials with a soft attack and a long decay, as of a small bell; written down
 * as notes, so that a change of taste is a change of a line.
 */
import { writeFile } from 'node:fs/promises'

const rate = 16_000

interface Note {
  /** Seconds. */
  at: number
  /** Hertz. */
  pitch: number
  loud: number
  /** Seconds until it has faded to a thousandth. */
  fade: number
}

const bell = (at: number, pitch: number, loud = 0.3, fade = 1.4): Note => ({ at, pitch, loud, fade })

const [g4, c5, e5, g5, c6] = [392.0, 523.25, 659.26, 783.99, 1046.5]

/** File → length in seconds and notes. */
const sounds: Record<string, { seconds: number; notes: Note[] }> = {
  // Two rising turns, then air: loops without a seam.
  'ring.wav': {
    seconds: 3,
    notes: [0, 0.62].flatMap((turn) => [bell(turn, e5), bell(turn + 0.14, g5), bell(turn + 0.28, c6, 0.26), bell(turn, c5, 0.12)]),
  },
  'test.wav': { seconds: 1.6, notes: [bell(0, g4), bell(0.18, c5), bell(0.36, e5), bell(0.54, g5)] },
}

function render({ seconds, notes }: (typeof sounds)[string]): Float32Array {
  const samples = new Float32Array(Math.round(seconds * rate))
  for (const note of notes) {
    const first = Math.round(note.at * rate)
    for (let i = first; i < samples.length; i++) {
      const t = (i - first) / rate
      const envelope = Math.min(1, t / 0.006) * Math.exp((-6.9 * t) / note.fade)
      const wave = [1, 0.28, 0.12].reduce(
        (sum, part, n) => sum + part * Math.sin(2 * Math.PI * note.pitch * (n + 1) * t) * Math.exp(-3 * n * t),
        0,
      )
      samples[i] = (samples[i] ?? 0) + note.loud * envelope * wave
    }
  }
  // The last 20 ms go to zero, so that neither an end nor a loop clicks.
  const tail = Math.round(0.02 * rate)
  for (let i = 0; i < tail; i++) {
    const at = samples.length - 1 - i
    samples[at] = (samples[at] ?? 0) * (i / tail)
  }
  return samples
}

/** RIFF WAVE, PCM, 16 bit, mono. */
function wav(samples: Float32Array): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length * 2, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length * 2, 40)
  const body = Buffer.alloc(samples.length * 2)
  samples.forEach((sample, i) => {
    body.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), i * 2)
  })
  return Buffer.concat([header, body])
}

for (const [name, sound] of Object.entries(sounds)) {
  await writeFile(new URL(`../../public/sounds/${name}`, import.meta.url), wav(render(sound)))
}
