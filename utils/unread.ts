import { UNREAD_LIMIT } from './protocol/limits.ts'

/** A count of unread notifications in as little room as a badge has; at the limit nobody knows how many more there are. */
export const unreadCount = (count: number) => (count < UNREAD_LIMIT ? String(count) : `${UNREAD_LIMIT - 1}+`)
