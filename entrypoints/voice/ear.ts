/** For tests and for support: how loud, and at what pitch, the caller is heard here. Costs nothing until it is asked. */

export interface Heard {
  /** Of the last 170 ms or so; −100 in silence. */
  dbfs: number
  /** The strongest pitch, to a few hertz; 0 in silence. */
  hz: number
}

/** As quiet as can be said: −Infinity is no JSON. */
const SILENT = -100

declare global {
  /** Undefined while no call is heard. */
  var ringsideHeard: (() => Heard | undefined) | undefined
}

/** Installs `ringsideHeard()` and returns what to call with the caller's stream, or null when it ends. */
export function installEar(): (stream: MediaStream | null) => void {
  let stream: MediaStream | null = null
  let analyser: AnalyserNode | null = null
  let context: AudioContext | null = null

  globalThis.ringsideHeard = () => {
    if (!stream) return undefined
    if (!analyser) {
      // Listening begins with the first question; its first answer is silence.
      context ??= new AudioContext()
      analyser = context.createAnalyser()
      analyser.fftSize = 8192
      analyser.smoothingTimeConstant = 0
      context.createMediaStreamSource(stream).connect(analyser)
    }
    return measure(analyser)
  }

  return (next) => {
    if (next === stream) return
    analyser?.disconnect()
    analyser = null
    stream = next
  }
}

function measure(analyser: AnalyserNode): Heard {
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatTimeDomainData(samples)
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  const bins = new Float32Array(analyser.frequencyBinCount)
  analyser.getFloatFrequencyData(bins)
  const peak = bins.reduce((best, level, bin) => (level > (bins[best] ?? Number.NEGATIVE_INFINITY) ? bin : best), 0)
  const dbfs = Math.max(SILENT, 10 * Math.log10(power))
  return { dbfs, hz: dbfs === SILENT ? 0 : (peak * analyser.context.sampleRate) / analyser.fftSize }
}
