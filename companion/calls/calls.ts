/**
 * What happens when a call comes in: arrive.ts, then accept.ts · decline.ts · unanswered.ts, then join.ts and conference.ts, then ending.ts.
 * states.ts draws it, caller.ts says what the caller hears, sweep.ts mends what was lost. docs/how-a-call-works.md tells it as a story.
 */
import { EventEmitter, once } from 'node:events'
import { type Call, type Claim, RingsideError } from '../../utils/protocol/index.ts'
import { channelUserIds } from '../channels/channel-users.ts'
import type { Writer } from '../store/store.ts'
import { type Acceptance, claimCall } from './accept.ts'
import { moveCaller } from './caller.ts'
import { declineCall } from './decline.ts'
import { hangUpCall } from './hang-up.ts'
import { watchLease } from './lease.ts'
import type { CallsParts } from './parts.ts'
import { followStatuses } from './reach.ts'
import { releaseAgent } from './release-agent.ts'
import { findCall } from './rows.ts'
import { startSweep } from './sweep.ts'
import { viewCall } from './view.ts'

/** So long the winner's browser has to bring its audio up, in seconds. */
export const LEASE_SECONDS = 12

export interface CallsOptions extends Omit<CallsParts, 'pause' | 'later' | 'letIn' | 'leaseSeconds'> {
  leaseSeconds?: number
}

export interface Calls {
  /** For registerWebhooks. */
  readonly parts: CallsParts
  /** Arms what the rows say is to be armed, and looks at every call that goes on. */
  start(): Promise<void>
  accept(wish: Acceptance): Promise<Claim>
  decline(wish: { callId: string; userId: string; epoch: number }): Promise<void>
  hangUp(wish: { callId: string; userId: string; epoch: number }): Promise<Call>
  /** Users of the call's channel may; RingsideError('unknown_call') for others. */
  read(wish: { callId: string; userId: string }): Promise<Call>
  /** In the transaction that switched this user off: whoever talks to them is rung for the others. */
  release(writer: Writer, userId: string): Promise<void>
  /** Ends every timer. Before the store is closed. */
  close(): void
}

export function createCalls(options: CallsOptions): Calls {
  const ends = new Set<() => void>()
  let closed = false
  const later: CallsParts['later'] = (instant, callback) => {
    if (closed) return
    const end = options.clock.at(instant, () => {
      ends.delete(end)
      callback()
    })
    ends.add(end)
  }
  const pause: CallsParts['pause'] = (ms) =>
    new Promise((resolve) => {
      if (closed) return resolve(false)
      const cancel = options.clock.at(new Date(options.clock.now().getTime() + ms), () => finish(true))
      const end = () => finish(false)
      const finish = (whole: boolean) => {
        cancel()
        ends.delete(end)
        resolve(whole)
      }
      ends.add(end)
    })
  const parts: CallsParts = { leaseSeconds: LEASE_SECONDS, ...options, later, pause, letIn: new EventEmitter().setMaxListeners(0) }
  const { store } = parts

  return {
    parts,
    async start() {
      const claimed = await store.db.selectFrom('calls').selectAll().where('state', '=', 'claimed').execute()
      for (const call of claimed) watchLease(parts, call)
      ends.add(followStatuses(parts))
      startSweep(parts)
    },
    accept: (wish) =>
      store.write(async (writer) => {
        const { claim, first } = await claimCall(parts, writer, wish)
        if (first) writer.afterCommit(() => followClaim(parts, claim))
        return claim
      }),
    decline: (wish) => declineCall(parts, wish),
    hangUp: (wish) => hangUpCall(parts, wish),
    async read({ callId, userId }) {
      const call = await findCall(store.db, callId)
      const allowed = call && (await channelUserIds(store.db, call.channel_id)).includes(userId)
      if (!allowed) throw new RingsideError('unknown_call')
      return viewCall(store.db, call)
    },
    release: (writer, userId) => releaseAgent(parts, writer, userId),
    close() {
      closed = true
      for (const end of [...ends]) end()
      ends.clear()
    },
  }
}

/**
 * So long the caller waits for the winner's leg to be let in before they are moved into the conference, milliseconds. The leg still has ICE and DTLS before
 * it, which take longer than a redirect; a redirect that went first would only stand in its way.
 */
const LEG_FIRST_MS = 50

async function followClaim(parts: CallsParts, { call, epoch, leaseUntil }: Claim): Promise<void> {
  watchLease(parts, { id: call.id, epoch, lease_until: new Date(leaseUntil) })
  const moving = new AbortController()
  const letIn = once(parts.letIn, call.id, { signal: moving.signal }).catch(() => undefined)
  await Promise.race([letIn, parts.pause(LEG_FIRST_MS)])
  moving.abort()
  await moveCaller(parts, call.id, epoch)
}
