/** The sounds that the exchange makes by itself: ringback, beeps, and music for those who wait. */

import { SAMPLE_RATE } from '../media/port.ts'
import { joinSamples, makeSilence, makeTone, makeTones } from '../media/tone.ts'

/** European ringback: 425 Hz, one second in five. Loops. */
export const RINGBACK = joinSamples([makeTone(425, 1000, -16), makeSilence(4000)])
export const RECORD_BEEP = makeTone(1000, 500, -14)
export const ENTER_BEEP = joinSamples([makeTone(660, 120, -16), makeTone(880, 160, -16)])
export const EXIT_BEEP = joinSamples([makeTone(880, 120, -16), makeTone(660, 160, -16)])

/** C – Am – F – G as broken chords, Hz. */
const CHORDS = [
  [261.63, 329.63, 392, 523.25],
  [220, 261.63, 329.63, 440],
  [174.61, 220, 261.63, 349.23],
  [196, 246.94, 293.66, 392],
]

/** One plucked note of 400 ms that fades away, with a soft octave above. */
function pluck(hz: number): Int16Array {
  const note = makeTones([hz], 400, -17)
  const octave = makeTones([hz * 2], 400, -29)
  return note.map((sample, index) => {
    const seconds = index / SAMPLE_RATE
    const attack = Math.min(1, seconds / 0.012)
    return Math.round((sample + (octave[index] ?? 0)) * attack * Math.exp(-seconds * 4.5))
  })
}

/** Hold music: a calm round of four chords, 12.8 s, without a seam where it loops. */
export const HOLD_MUSIC = joinSamples(CHORDS.flatMap((chord) => [0, 1, 2, 3, 2, 1, 2, 1].map((step) => pluck(chord[step] ?? 261.63))))
