/** Two admins at one thing: each part of its settings remembers the save that last changed it. */
import { type ChannelPart, RingsideError } from '../../utils/protocol/index.ts'
import type { SavedParts } from '../store/admin-tables.ts'
import type { Reader } from '../store/store.ts'
import { userRefs } from '../threads/view.ts'

/** Where one of these parts was changed since `revision`, other than by `mine`: changed_meanwhile {by, at, parts}, by the latest of them. */
export async function refuseConflict(
  db: Reader,
  saved: SavedParts,
  changed: readonly ChannelPart[],
  { revision, mine }: { revision: number; mine?: string },
): Promise<void> {
  const theirs = changed.filter((part) => {
    const last = saved[part]
    return last && last.by !== mine && last.revision > revision
  })
  const last = theirs.map((part) => saved[part]).sort((a, b) => (b?.revision ?? 0) - (a?.revision ?? 0))[0]
  if (!last) return
  const by = (await userRefs(db, [last.by])).get(last.by)
  throw new RingsideError('changed_meanwhile', { by: by?.name ?? '', at: last.at, parts: theirs.join(',') })
}

export const withSaved = (
  saved: SavedParts,
  changed: readonly ChannelPart[],
  save: { revision: number; by: string; at: Date },
): SavedParts => ({
  ...saved,
  ...Object.fromEntries(changed.map((part) => [part, { ...save, at: save.at.toISOString() }])),
})
