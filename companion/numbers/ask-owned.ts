import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import type { ProviderNumber } from '../twilio/provider.ts'

/** A list is shown without the provider's word rather than late. Milliseconds. */
const PATIENCE_MS = 2500

/** The numbers of the account; undefined where the provider could not be asked in time. */
export async function askOwned({ provider, log }: Pick<Companion, 'provider' | 'log'>): Promise<ProviderNumber[] | undefined> {
  let cancel: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    cancel = setTimeout(() => resolve(undefined), PATIENCE_MS)
  })
  const asked = provider.listNumbers().catch((error) => {
    log.warn(withoutData(error), 'the provider’s numbers could not be read')
    return undefined
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(cancel)
  }
}
