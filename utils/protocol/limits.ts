/** At most so many users ring at once (RO1). */
export const RING_LIMIT = 100

/** A browser holds at most so many unread notifications, the newest; the threads of older ones are in the lists. */
export const UNREAD_LIMIT = 500
