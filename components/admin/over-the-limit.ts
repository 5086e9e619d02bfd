import type { Person } from '../../utils/protocol/admin.ts'
import { RING_LIMIT } from '../../utils/protocol/limits.ts'

/**
 * Who of these would not ring if all of them were there: without a seat nobody does, and of the others the router takes the longest serving, as in
 * `byService` of companion/routing/route.ts. Their ids.
 */
export function overTheLimit(people: readonly Person[], members: ReadonlySet<string>, limit = RING_LIMIT): Set<string> {
  const able = people
    .filter(({ id, seat, disabled }) => members.has(id) && seat && !disabled)
    .sort((a, b) => Date.parse(a.joinedAt) - Date.parse(b.joinedAt) || (a.id < b.id ? -1 : 1))
  return new Set(able.slice(limit).map(({ id }) => id))
}
