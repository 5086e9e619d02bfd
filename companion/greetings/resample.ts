import { setImmediate as breathe } from 'node:timers/promises'
import type { Sound } from './wav.ts'

/** Zero crossings of the filter to each side: more is steeper, and slower. */
const LOBES = 16
/** The filter begins to close at so much of the lower rate's half, so that what is above it does not fold back as noise. */
const OPEN = 0.92
/** Calls ring meanwhile: after so many samples somebody else may have the processor. */
const AT_A_TIME = 8000

/** To another rate, by a windowed sinc filter (Hann). Whatever the telephone cannot carry is taken out, not folded back. */
export async function resample({ rate, samples }: Sound, to: number): Promise<Sound> {
  if (rate === to) return { rate, samples }
  const common = gcd(rate, to)
  const [step, phases] = [rate / common, to / common]
  const cutoff = OPEN * Math.min(1, to / rate)
  const half = Math.ceil(LOBES / cutoff)
  const filters = Array.from({ length: phases }, (_, phase) => makeFilter(phase / phases, cutoff, half))
  const out = new Float32Array(Math.floor((samples.length * to) / rate))
  for (let i = 0; i < out.length; i++) {
    if (i % AT_A_TIME === AT_A_TIME - 1) await breathe()
    const first = Math.floor((i * step) / phases) - half + 1
    const filter = filters[(i * step) % phases] as Float32Array
    let sum = 0
    for (let k = 0; k < filter.length; k++) sum += (filter[k] ?? 0) * (samples[first + k] ?? 0)
    out[i] = sum
  }
  return { rate: to, samples: out }
}

/** Weights of the samples around a place that is `offset` (0 to 1) after one of them. They add up to 1, so that loudness stays. */
function makeFilter(offset: number, cutoff: number, half: number): Float32Array {
  const filter = new Float32Array(half * 2)
  let sum = 0
  for (let k = 0; k < filter.length; k++) {
    const x = k - half + 1 - offset
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x)
    const weight = sinc * (0.5 + 0.5 * Math.cos((Math.PI * Math.max(-half, Math.min(half, x))) / half))
    filter[k] = weight
    sum += weight
  }
  return filter.map((weight) => weight / sum)
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
