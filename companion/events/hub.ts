/** All sockets of this companion: hands every committed event to the users that it is for, and keeps what is known of their browsers true. */
import type { WebSocket } from 'ws'
import { RingsideError } from '../../utils/protocol/index.ts'
import { withoutData } from '../http/errors.ts'
import type { Companion } from '../parts.ts'
import type { FeedEvent } from '../store/store.ts'
import { type Message, toMessage } from './pages.ts'
import { keepPresence, type Presence } from './presence.ts'
import { createSocket, type FeedSocket, SILENCE_MS, type SocketParts } from './socket.ts'
import { createTold } from './told.ts'

export interface Hub {
  add(ws: WebSocket, who: { userId: string; sessionId: string }): void
  readonly presence: Presence
  close(): Promise<void>
}

export interface HubOptions {
  silenceMs?: number
}

export function createHub(companion: Companion, { silenceMs = SILENCE_MS }: HubOptions = {}): Hub {
  const { store, log } = companion
  const byUser = new Map<string, Set<FeedSocket>>()
  const byBrowser = new Map<string, FeedSocket>()
  const told = createTold(companion)
  const presence = keepPresence(companion)
  const keyOf = (socket: FeedSocket) => `${socket.userId} ${socket.browserId}`

  const parts: SocketParts = {
    companion,
    silenceMs,
    onHello(socket) {
      const former = byBrowser.get(keyOf(socket))
      byBrowser.set(keyOf(socket), socket)
      if (former !== socket) former?.close()
    },
    onWelcome(socket, { offers }) {
      for (const call of offers) told.add(call, [socket.userId])
    },
    onGone(socket) {
      const sockets = byUser.get(socket.userId)
      sockets?.delete(socket)
      if (sockets?.size === 0) byUser.delete(socket.userId)
      if (byBrowser.get(keyOf(socket)) === socket) byBrowser.delete(keyOf(socket))
    },
    isCurrent: (socket) => byBrowser.get(keyOf(socket)) === socket,
  }

  const fanOut = (events: readonly FeedEvent[], upTo: number) => {
    const messages = new Map<string, Message[]>()
    const offers = []
    for (const { seq, users, event } of events) {
      const message = toMessage({ seq, event })
      for (const userId of users ?? byUser.keys()) {
        if (!byUser.has(userId)) continue
        const list = messages.get(userId)
        if (list) list.push(message)
        else messages.set(userId, [message])
      }
      if (event.type === 'call-offered') offers.push({ call: event.call, users })
    }
    const reached = new Set<string>()
    for (const [userId, sockets] of byUser) {
      const list = messages.get(userId) ?? []
      for (const socket of sockets) if (socket.deliver(list, upTo) && list.length > 0) reached.add(userId)
    }
    for (const { call, users } of offers) told.add(call, users?.filter((userId) => reached.has(userId)) ?? [...reached])
    // Signing out and being switched off change what one is: whoever is told of such a change is looked at.
    const changed = events.flatMap(({ event }) => (event.type === 'me-changed' && byUser.has(event.me.user.id) ? [event.me.user.id] : []))
    if (changed.length > 0) checkSessions(changed).catch((error) => log.warn(withoutData(error), 'cannot check sessions'))
  }

  const checkSessions = async (userIds: readonly string[]) => {
    const sockets = userIds.flatMap((userId) => [...(byUser.get(userId) ?? [])])
    const ids = [...new Set(sockets.map((socket) => socket.sessionId))]
    if (ids.length === 0) return
    const valid = await store.db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['sessions.id', 'sessions.revoked_at', 'users.disabled_at'])
      .where('sessions.id', 'in', ids)
      .execute()
    const byId = new Map(valid.map((session) => [session.id, session]))
    for (const socket of sockets) {
      const session = byId.get(socket.sessionId)
      if (session?.disabled_at) socket.refuse(new RingsideError('user_disabled'))
      else if (!session || session.revoked_at) socket.refuse(new RingsideError('signed_out'))
    }
  }

  const stopListening = store.onEvents(fanOut)
  return {
    presence,
    add(ws, who) {
      const socket = createSocket(parts, ws, who)
      const sockets = byUser.get(who.userId)
      if (sockets) sockets.add(socket)
      else byUser.set(who.userId, new Set([socket]))
    },
    async close() {
      stopListening()
      for (const sockets of byUser.values()) for (const socket of sockets) socket.close()
      await told.close()
      await presence.close()
    },
  }
}
