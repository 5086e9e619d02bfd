/** Recordings of all kinds of microphones made equally loud, as far as the telephone needs it. */

/** Of what is spoken, root mean square. Full scale is 0 dB. */
const TARGET_DB = -16
const PEAK_DB = -1
/** Below it nothing is spoken. */
const SILENCE_DB = -60
/** So far below the loud parts it is a pause. */
const PAUSE_DB = 20
/** More would only lift the noise of the room. */
const MOST_GAIN_DB = 40

const SPEECH_SECONDS = 0.02
const LIMIT_SECONDS = 0.005

const toGain = (db: number) => 10 ** (db / 20)
const toDb = (gain: number) => 20 * Math.log10(gain)

/** In dB of full scale, of the spoken parts alone; undefined where there are none. */
export function speechLevel(samples: Float32Array, rate: number): number | undefined {
  const powers = inFrames(samples, Math.round(rate * SPEECH_SECONDS), meanSquare).filter((power) => power > toGain(SILENCE_DB) ** 2)
  if (powers.length === 0) return undefined
  const floor = mean(powers) / toGain(PAUSE_DB) ** 2
  return toDb(Math.sqrt(mean(powers.filter((power) => power >= floor))))
}

/** Speech at −16 dB, and no peak above −1 dB. Undefined for silence. */
export function evenLoudness(samples: Float32Array, rate: number): Float32Array | undefined {
  const level = speechLevel(samples, rate)
  if (level === undefined) return undefined
  const gain = toGain(Math.min(MOST_GAIN_DB, TARGET_DB - level))
  return limitPeaks(
    samples.map((sample) => sample * gain),
    Math.round(rate * LIMIT_SECONDS),
  )
}

/** Turns down in straight lines from frame to frame: at a frame's two ends never more than both neighbours can bear, so no sample is too loud. */
function limitPeaks(samples: Float32Array, frame: number): Float32Array {
  const most = toGain(PEAK_DB)
  const bearable = inFrames(samples, frame, (part) => Math.min(1, most / peak(part)))
  const edge = (i: number) => Math.min(bearable[i - 1] ?? 1, bearable[i] ?? 1)
  return samples.map((sample, i) => {
    const [index, within] = [Math.floor(i / frame), (i % frame) / frame]
    return sample * (edge(index) * (1 - within) + edge(index + 1) * within)
  })
}

function inFrames<T>(samples: Float32Array, length: number, measure: (part: Float32Array) => T): T[] {
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, i) => measure(samples.subarray(i * length, (i + 1) * length)))
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const meanSquare = (part: Float32Array) => part.reduce((sum, sample) => sum + sample * sample, 0) / part.length
const peak = (part: Float32Array) => part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
