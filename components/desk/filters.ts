import type { ThreadQuery } from '../../utils/thread-index.ts'

/** Filters of the thread list, in the order of the buttons. What they mean is the cache's (TH7). */
export const filters = ['all', 'mine', 'unassigned', 'missed', 'open'] as const satisfies ThreadQuery['filter'][]
export type Filter = (typeof filters)[number]
