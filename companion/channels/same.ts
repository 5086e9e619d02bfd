import type { ChannelPart, ChannelSettings } from '../../utils/protocol/index.ts'
import { toWorkingHours } from './hours-rows.ts'

/** The parts of `given` that differ from what is stored in more than the order of ids or the way that hours were typed. */
export function changedParts(stored: ChannelSettings, given: Partial<ChannelSettings>): ChannelPart[] {
  return (Object.keys(given) as ChannelPart[]).filter(
    (part) => given[part] !== undefined && canonical(part, stored[part]) !== canonical(part, given[part]),
  )
}

function canonical(part: ChannelPart, value: unknown): string {
  if (part === 'userIds' || part === 'teamIds') return JSON.stringify([...new Set(value as string[])].sort())
  if (part !== 'hours') return JSON.stringify(sortKeys(value))
  const { timeZone, ranges, specialDays } = toWorkingHours(value as ChannelSettings['hours'])
  const listed = (list: readonly unknown[]) => list.map((each) => JSON.stringify(sortKeys(each))).sort()
  return JSON.stringify([timeZone, listed(ranges), listed(specialDays)])
}

/** The database gives keys back in another order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, each]) => [key, sortKeys(each)]))
}
