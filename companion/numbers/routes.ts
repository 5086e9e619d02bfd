import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { checkWiring, repairWiring } from './check-wiring.ts'
import { listNumbers } from './list.ts'
import { releaseNumber } from './release.ts'
import { listCountries, suggestNumber } from './suggest.ts'

export function serveNumbers(companion: Companion, handle: Handle): void {
  handle('listCountries', async () => ({ countries: await listCountries(companion.market) }))
  handle('suggestNumber', ({ body }) => suggestNumber(companion, body))
  handle('listNumbers', async () => ({ numbers: await listNumbers(companion) }))
  handle('checkWiring', ({ params }) => checkWiring(companion, params.numberId))
  handle('repairWiring', ({ user, params }) => repairWiring(companion, user, params.numberId))
  handle('releaseNumber', async ({ user, params, body }) => {
    await releaseNumber(companion, user, params.numberId, body.typed)
    return {}
  })
}
