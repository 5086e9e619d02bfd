/**
 * Buys a number for a wizard, at most once, however often it is asked and wherever the companion dies:
 *
 *     note `claiming` ─▶ does the account own it? ─no─▶ buy ─▶ note the number
 *                                  └──────────yes─────────────▶
 *
 * A refusal clears `claiming`; a lost answer leaves it, and the next try looks the number up before anything is bought. Once something was bought it
 * stays: a wizard that was undecided again, and claims again, gets back what it has bought.
 */
import { type Draft, RingsideError } from '../../utils/protocol/index.ts'
import { keepNumber } from '../numbers/keep.ts'
import { unwired } from '../numbers/wiring.ts'
import type { Companion } from '../parts.ts'
import { audit } from '../people/audit.ts'
import type { Reader, Writer } from '../store/store.ts'
import type { DraftRow, UserRow } from '../store/tables.ts'
import type { Papers } from '../twilio/number-market.ts'
import type { ProviderNumber } from '../twilio/provider.ts'
import { lockDraft, viewDraft } from './draft.ts'

export interface Claim extends Papers {
  e164: string
}

/** So long a purchase with an unknown end may still be under way, in another companion. Milliseconds. */
const UNDER_WAY_MS = 30_000

type Parts = Pick<Companion, 'store' | 'clock' | 'market'>

/** One claim of a draft at a time in this companion; the others wait, and find what the first has bought. */
export function createClaims(parts: Parts) {
  const queues = new Map<string, Promise<unknown>>()
  return {
    /** Errors: not_found, number_gone, number_in_use {channel}, requirement_missing {kind}, and those of the market. */
    claim(admin: UserRow, draftId: string, wish: Claim): Promise<Draft> {
      const before = queues.get(draftId) ?? Promise.resolve()
      const next = before.then(() => claimNumber(parts, admin, draftId, wish))
      const quiet = next.catch(() => undefined)
      queues.set(draftId, quiet)
      void quiet.then(() => queues.get(draftId) === quiet && queues.delete(draftId))
      return next
    },
  }
}

async function claimNumber(parts: Parts, admin: UserRow, draftId: string, wish: Claim): Promise<Draft> {
  const { store, market } = parts
  const noted = await noteClaiming(parts, draftId, wish.e164)
  if (noted.how === 'claimed' || noted.channel_id !== null) return viewDraft(store.db, noted)
  const earlier = noted.claiming
  if (earlier !== null && earlier !== wish.e164) {
    const bought = await market.findNumber(earlier)
    if (bought && !(await usedBy(store.db, earlier))) return take(parts, admin, draftId, bought)
    await store.write(({ db }) => db.updateTable('drafts').set({ claiming: wish.e164 }).where('id', '=', draftId).execute())
  }
  const owned = await market.findNumber(wish.e164)
  if (owned) return take(parts, admin, draftId, owned)
  try {
    return await take(parts, admin, draftId, await market.buyNumber(wish.e164, unwired, wish))
  } catch (error) {
    if (!isRefusal(error)) throw error
    // Another companion may have bought it for this very draft a moment ago: then it is gone, and ours.
    const ours = error.code === 'number_gone' ? await market.findNumber(wish.e164) : undefined
    if (ours) return take(parts, admin, draftId, ours)
    await store.write(({ db }) => db.updateTable('drafts').set({ claiming: null }).where('id', '=', draftId).execute())
    throw error
  }
}

/** The provider said no: nothing was bought for certain. */
function isRefusal(error: unknown): error is RingsideError {
  const refusals = ['number_gone', 'requirement_missing', 'voice_account_refused', 'voice_provider_busy']
  return error instanceof RingsideError && refusals.includes(error.code)
}

/** Answers the draft as it was before; `claiming` is this number now unless another purchase has an unknown end. */
function noteClaiming({ store }: Parts, draftId: string, e164: string): Promise<DraftRow> {
  return store.write(async (writer) => {
    const row = await lockDraft(writer, draftId)
    if (row.how === 'claimed' || row.channel_id !== null) return row
    if (row.claiming !== null && row.claiming !== e164) {
      const bought = await writer.db.selectFrom('numbers').select('id').where('e164', '=', row.claiming).executeTakeFirst()
      const recent = writer.now.getTime() - row.updated_at.getTime() < UNDER_WAY_MS
      if (!bought && recent) throw new RingsideError('voice_provider_busy')
      return row
    }
    await writer.db.updateTable('drafts').set({ claiming: e164, updated_at: writer.now }).where('id', '=', draftId).execute()
    return row
  })
}

function take({ store }: Parts, admin: UserRow, draftId: string, bought: ProviderNumber): Promise<Draft> {
  return store.write(async (writer) => {
    const { db, now } = writer
    const row = await lockDraft(writer, draftId)
    if (row.how === 'claimed') return viewDraft(db, row)
    // A number that a channel has is not to be had by claiming it: that takes the choice, and its warning (CH3).
    const channel = await usedBy(db, bought.e164)
    if (channel !== undefined) throw new RingsideError('number_in_use', { channel })
    const number = await keepNumber(writer, bought)
    const saved = await db
      .updateTable('drafts')
      .set({ how: 'claimed', number_id: number.id, updated_at: now })
      .where('id', '=', draftId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await auditOnce(writer, admin, bought.e164)
    return viewDraft(db, saved)
  })
}

/** A wizard that gets back what it has bought has not bought it again; neither has one whose answer was lost. */
async function auditOnce(writer: Writer, admin: UserRow, e164: string): Promise<void> {
  const last = await writer.db
    .selectFrom('audit')
    .select('act')
    .where('subject', '=', e164)
    .where('act', 'in', ['number-bought', 'number-released'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.act === 'number-bought') return
  await audit(writer, { by: admin.id, act: 'number-bought', subject: e164, before: null, after: { number: e164 } })
}

/** The name of the channel that has this number. */
async function usedBy(db: Reader, e164: string): Promise<string | undefined> {
  const channel = await db
    .selectFrom('channels')
    .innerJoin('numbers', 'numbers.id', 'channels.number_id')
    .select('channels.name')
    .where('numbers.e164', '=', e164)
    .where('channels.deleted_at', 'is', null)
    .executeTakeFirst()
  return channel?.name
}
