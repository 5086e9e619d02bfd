/** At most so many users ring at once (RO1). */
export const RING_LIMIT = 100
