/** What people do in a calls world, and how a call then stands. */
import { toIdentity } from '../../companion/twilio/identity.ts'
import { CALLER, type CallsWorld, CHANNEL_NUMBER, PUBLIC_URL, type TestUser } from './calls-world.ts'

export function callActs(current: () => CallsWorld) {
  async function ring(message = 0) {
    const leg = current().twilio.dial(CALLER, CHANNEL_NUMBER, message)
    await current().settle()
    const call = await current().callOf(leg)
    if (!call) throw new Error('no call')
    return { leg, call }
  }

  const accept = (user: TestUser, call: { id: string; epoch: number }) =>
    current().companion().calls.accept({ callId: call.id, userId: user.id, browserId: user.browserId, epoch: call.epoch, contact: null })

  function connect(user: TestUser, claim: { call: { id: string }; epoch: number }) {
    const params = { call: claim.call.id, epoch: String(claim.epoch), browser: user.browserId }
    return current().twilio.connect(toIdentity(user.id), `${PUBLIC_URL}/twilio/join`, params)
  }

  /** Until so many legs wait for their claim. */
  async function atTheDoor(legs: number) {
    while (current().clock.due(3000) < legs) await new Promise(setImmediate)
  }

  async function answer(user: TestUser, call: { id: string; epoch: number }) {
    const claim = await accept(user, call)
    const leg = connect(user, claim)
    await current().settle()
    return { claim, leg }
  }

  async function state(callId: string) {
    const row = await current().store.db.selectFrom('calls').selectAll().where('id', '=', callId).executeTakeFirstOrThrow()
    const thread = row.thread_id
      ? await current().store.db.selectFrom('threads').selectAll().where('id', '=', row.thread_id).executeTakeFirstOrThrow()
      : undefined
    const ledger = await current()
      .store.db.selectFrom('ledger')
      .innerJoin('users', 'users.id', 'ledger.user_id')
      .select(['users.name', 'verdict', 'reason'])
      .where('call_id', '=', callId)
      .execute()
    const notifications = await current().store.db.selectFrom('notifications').selectAll().where('call_id', '=', callId).execute()
    const entries = await current().store.db.selectFrom('entries').selectAll().where('call_id', '=', callId).execute()
    return {
      row,
      thread,
      notifications,
      entries,
      ledger: Object.fromEntries(ledger.map((line) => [line.name, line.reason ?? line.verdict])),
    }
  }

  return { ring, accept, connect, answer, atTheDoor, state }
}
