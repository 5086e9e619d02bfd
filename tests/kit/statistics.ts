/** The value below which `share` (0–1) of the sorted values lie: nearest rank. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]) => percentile(values, 0.5)

/** One decimal is all that a noisy machine can tell. */
export const rounded = (value: number) => Math.round(value * 10) / 10
