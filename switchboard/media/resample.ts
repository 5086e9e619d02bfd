/** Brings any sample rate to any other with a windowed sinc; good enough that speech and test tones keep their pitch and gain no aliases. */
const ZERO_CROSSINGS = 16
const STEPS = 256

/** One half of the kernel, STEPS points between two zero crossings, Hann window. */
const KERNEL = Float64Array.from({ length: ZERO_CROSSINGS * STEPS + 1 }, (_, index) => {
  const x = index / STEPS
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / ZERO_CROSSINGS))
})

/** `samples` at `from` Hz as 16 bit samples at `to` Hz. */
export const resample = (samples: Float32Array | Int16Array, from: number, to: number): Int16Array => {
  if (from === to) return Int16Array.from(samples)
  const step = from / to
  // Below 1 the kernel is stretched, so that what the lower rate cannot hold is filtered away.
  const cutoff = Math.min(1, to / from)
  const reach = ZERO_CROSSINGS / cutoff
  return Int16Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
    const centre = index * step
    let sum = 0
    const last = Math.min(samples.length - 1, Math.floor(centre + reach))
    for (let at = Math.max(0, Math.ceil(centre - reach)); at <= last; at++) {
      sum += (samples[at] as number) * (KERNEL[Math.round(Math.abs(at - centre) * cutoff * STEPS)] ?? 0)
    }
    return Math.max(-32768, Math.min(32767, Math.round(sum * cutoff)))
  })
}
