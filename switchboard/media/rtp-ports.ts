/** UDP ports for media. One pair a leg, so that two legs that start at once never meet on a port (werift looks for a free one, then binds). */
export interface RtpPorts {
  /** A pair [even, odd] for werift's `icePortRange`, undefined where no range was given. Throws when all are taken. */
  take(): [number, number] | undefined
  give(pair: [number, number] | undefined): void
}

/** `range` holds both ends; undefined leaves the choice to the system. */
export const createRtpPorts = (range?: [number, number]): RtpPorts => {
  const taken = new Set<number>()
  let last = 0
  return {
    take: () => {
      if (!range) return undefined
      const [low, high] = range
      const pairs = Math.floor((high - low + 1) / 2)
      // Round about, so that a port rests before it serves another call and gets no stray packets of the last one.
      for (let step = 0; step < pairs; step++) {
        const pair = (last + step) % pairs
        if (taken.has(pair)) continue
        taken.add(pair)
        last = pair + 1
        return [low + pair * 2, low + pair * 2 + 1]
      }
      throw new Error(`All UDP ports for media from ${low} to ${high} are taken.`)
    },
    give: (pair) => {
      if (pair && range) taken.delete((pair[0] - range[0]) / 2)
    },
  }
}
