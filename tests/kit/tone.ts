/** A steady tone as a WAV file: what a scripted caller says, or what an agent's microphone picks up. */
import { writeFile } from 'node:fs/promises'

/** Mono, 16 bit. `hz` 0 is silence. `amplitude` of 1 is full scale. Ends on a whole period so that a loop has no click. */
export function toneWav(hz: number, seconds = 5, rate = 48_000, amplitude = 0.4): Buffer {
  const periods = Math.max(1, Math.round(hz * seconds))
  const samples = hz === 0 ? Math.round(rate * seconds) : Math.round((periods / hz) * rate)
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(rate, 24)
  wav.writeUInt32LE(rate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i += 1) {
    const value = hz === 0 ? 0 : Math.sin((2 * Math.PI * periods * i) / samples) * amplitude
    wav.writeInt16LE(Math.round(value * 32_767), 44 + i * 2)
  }
  return wav
}

export const writeTone = (file: string, hz: number) => writeFile(file, toneWav(hz))
