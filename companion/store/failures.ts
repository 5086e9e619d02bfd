import { RingsideError } from '../../utils/protocol/index.ts'

/** serialization_failure, deadlock_detected */
const passing = new Set(['40001', '40P01'])
/** Classes: connection, insufficient resources (disk full, memory), operator intervention, system error, read-only. */
const lost = /^(08|53|57P|58|25006)/
const lostOnTheWay = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'ENOSPC',
  'EIO',
  'EROFS',
  'EDQUOT',
  'ENOENT',
])
const lostInWords =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|is closed|has been discarded|RuntimeError/

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '')

/** The same work may succeed if it is tried again at once. */
export const isPassing = (error: unknown): boolean => passing.has(codeOf(error))

/** The database is lost or cannot write. */
export function isStoreFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  return lost.test(code) || lostOnTheWay.has(code) || lostInWords.test(`${error.name}: ${error.message}`)
}

/** What a caller of the store shall see of an error: a lost database is `store_failed`, everything else is itself. */
export const asStoreError = (error: unknown): unknown =>
  error instanceof RingsideError || !isStoreFailure(error) ? error : new RingsideError('store_failed', undefined, { cause: error })
