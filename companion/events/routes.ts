import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { RingsideError } from '../../utils/protocol/index.ts'
import { toRingsideError } from '../http/errors.ts'
import type { Handle } from '../http/handle.ts'
import { otherLimits } from '../http/limits.ts'
import { isExtensionOrigin } from '../http/server.ts'
import type { Companion } from '../parts.ts'
import { createHub, type Hub, type HubOptions } from './hub.ts'
import { forgetFormerCompanions } from './presence.ts'
import { makeTicket, useTicket } from './tickets.ts'

/** A browser's longest frame is a hello. Bytes. */
const FRAME_BYTES = 16 * 1024

/** The change feed's socket, and the tickets to it. Register before the server listens; close what it answers before the store. */
export async function serveEvents(companion: Companion, handle: Handle, server: FastifyInstance, options?: HubOptions): Promise<Hub> {
  const { store, log, config } = companion
  await forgetFormerCompanions(companion)
  const hub = createHub(companion, options)
  handle('takeSocketTicket', ({ session }) => store.write((writer) => makeTicket(writer, session.id)))

  await server.register(websocket, { options: { maxPayload: FRAME_BYTES, perMessageDeflate: false } })
  await server.register(async (scope) => {
    scope.get<{ Querystring: { ticket?: string } }>(
      '/api/feed',
      {
        websocket: true,
        config: otherLimits('address', config),
        // A page of any site may open a socket to anywhere, but not choose its Origin.
        preValidation: async (request) => {
          if (!isExtensionOrigin(request.headers.origin)) throw new RingsideError('origin_refused')
        },
      },
      (ws, request) => {
        // Frames that come before the ticket is checked must not be lost.
        ws.pause()
        store
          .write((writer) => useTicket(writer, request.query.ticket ?? ''))
          .then((who) => {
            if (ws.readyState !== ws.OPEN) return
            hub.add(ws, who)
          })
          .catch((error) => {
            const known = toRingsideError(error)
            log.info({ code: known.code }, 'a socket was refused')
            ws.send(JSON.stringify({ type: 'refused', error: known.reply().error }))
            ws.close(1008)
          })
          .finally(() => ws.resume())
      },
    )
  })
  return hub
}
