import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { type Health, PROTOCOL_VERSION } from '../../utils/protocol/index.ts'
import type { Companion } from '../parts.ts'
import { VERSION } from '../version.ts'
import { otherLimits } from './limits.ts'

/** 200 while the store answers, else store_failed: for a load balancer, and for the extension to see what is at an address. */
export function serveHealth(server: FastifyInstance, { store, config }: Companion): void {
  server.get('/health', { config: otherLimits('address', config) }, async (): Promise<z.infer<typeof Health>> => {
    await store.upTo()
    return { ok: true, service: 'ringside-companion', version: VERSION, protocol: PROTOCOL_VERSION, store: store.kind }
  })
}
