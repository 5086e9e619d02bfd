/** Numbers of ours at Twilio: found or bought, wired to this companion, and repaired at start. */
import { randomUUID } from 'node:crypto'
import { RingsideError } from '../../utils/protocol/index.ts'
import { paths } from '../calls/addresses.ts'
import { readChannel } from '../channels/channel.ts'
import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import type { NumberSearch, ProviderNumber } from '../twilio/provider.ts'
import { unwired, wiringDifferences, wiringOf } from './wiring.ts'

type Parts = Pick<Companion, 'store' | 'clock' | 'provider' | 'config' | 'log'>

/**
 * A number for a channel: this very one, owned already or bought; or the first that the search finds. Answers our id for it. Asking again for the
 * same one changes nothing. Error: voice_provider_failed.
 */
export async function takeNumber(
  parts: Parts,
  wish: { country: string; e164: string } | NumberSearch,
): Promise<{ id: string; e164: string }> {
  const number = 'e164' in wish ? await ownNumber(parts, wish.e164) : await buyFound(parts, wish)
  const row = await parts.store.write(({ db, now }) =>
    db
      .insertInto('numbers')
      .values({ id: randomUUID(), e164: number.e164, provider_sid: number.sid, country: wish.country, created_at: now })
      .onConflict((conflict) => conflict.column('e164').doUpdateSet({ provider_sid: number.sid, released_at: null }))
      .returning(['id', 'e164'])
      .executeTakeFirstOrThrow(),
  )
  return row
}

async function ownNumber({ provider }: Parts, e164: string): Promise<ProviderNumber> {
  const owned = (await provider.listNumbers()).find((number) => number.e164 === e164)
  return owned ?? provider.buyNumber(e164, unwired)
}

async function buyFound({ provider }: Parts, search: NumberSearch): Promise<ProviderNumber> {
  const [first] = await provider.searchNumbers({ ...search, limit: 1 })
  if (!first) throw new RingsideError('voice_provider_failed', { provider: 'no such number' })
  return provider.buyNumber(first, unwired)
}

/** Holds every channel's number against what it should be at Twilio, and repairs what differs. Answers how many were repaired. */
export async function wireNumbers(parts: Parts): Promise<number> {
  const rows = await parts.store.db
    .selectFrom('channels')
    .innerJoin('numbers', 'numbers.id', 'channels.number_id')
    .select(['channels.id as channelId', 'numbers.id as numberId', 'numbers.e164'])
    .where('channels.deleted_at', 'is', null)
    .execute()
  if (rows.length === 0) return 0
  const owned = await parts.provider.listNumbers()
  let repaired = 0
  for (const { channelId, numberId, e164 } of rows) {
    const number = owned.find((each) => each.e164 === e164)
    if (!number) {
      parts.log.error({ number: numberId }, 'a channel’s number is not in the Twilio account: nobody can call it')
      continue
    }
    const wiring = wiringOf(parts.config.twilio, await readChannel(parts.store.db, channelId))
    if (wiringDifferences(number, wiring).length === 0) continue
    await parts.provider.updateNumber(number.sid, wiring)
    await parts.store.write(({ db }) => db.updateTable('numbers').set({ provider_sid: number.sid }).where('id', '=', numberId).execute())
    parts.log.info({ number: numberId }, 'a number was wired to this companion')
    repaired++
  }
  return repaired
}

const AGAIN_MS = 30_000

/** At start, for the numbers and for the TwiML App that browsers' legs come through: tries until Twilio could be asked once, every 30 s. */
export async function keepNumbersWired(companion: Companion): Promise<void> {
  const { twilio, publicUrl } = companion.config
  try {
    if (await companion.provider.wireApplication(twilio.twimlAppSid, publicUrl + paths.join)) {
      companion.log.info('the TwiML App was wired to this companion')
    }
    await wireNumbers(companion)
  } catch (error) {
    companion.log.warn(withoutData(error), 'the numbers could not be checked; trying again')
    const cancel = companion.clock.at(new Date(companion.clock.now().getTime() + AGAIN_MS), () => void keepNumbersWired(companion))
    companion.stopping.addEventListener('abort', cancel, { once: true })
  }
}
