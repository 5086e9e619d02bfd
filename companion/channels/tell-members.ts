import { emitMe } from '../people/me.ts'
import type { Writer } from '../store/store.ts'

/**
 * Users whose own list of channels changed see it at once. Who has no browser on the line is told in its welcome; so a channel of hundreds does not
 * hold the store for seconds.
 */
export async function tellMembers(writer: Writer, ...groups: readonly (readonly string[])[]): Promise<void> {
  const ids = [...new Set(groups.flat())]
  if (ids.length === 0) return
  const there = await writer.db
    .selectFrom('browsers')
    .select('user_id')
    .distinct()
    .where('user_id', 'in', ids)
    .where('companion_id', 'is not', null)
    .execute()
  for (const { user_id } of there) await emitMe(writer, user_id)
}

/** Who is in one of the two and not in both. */
export function movedMembers(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))]
}
