import { emitMe } from '../people/me.ts'
import type { Writer } from '../store/store.ts'

/** Users whose own list of channels changed see it at once. */
export async function tellMembers(writer: Writer, ...groups: readonly (readonly string[])[]): Promise<void> {
  for (const userId of new Set(groups.flat())) await emitMe(writer, userId)
}

/** Who is in one of the two and not in both. */
export function movedMembers(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))]
}
