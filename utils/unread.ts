/** A count of unread notifications in as little room as a badge has. */
export const unreadCount = (count: number) => (count > 99 ? '99+' : String(count))
