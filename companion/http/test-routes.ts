import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { RingsideError } from '../../utils/protocol/index.ts'
import type { MovableClock } from '../clock.ts'
import type { Hub } from '../events/hub.ts'
import type { Companion } from '../parts.ts'
import { Seed, seed } from '../seed.ts'

const Advance = z.object({ advanceMs: z.int().min(0) })

/** For tests only (RINGSIDE_TEST=1): moves time, and makes channels. No session is asked for. */
export function serveTestRoutes(server: FastifyInstance, companion: Companion, clock: MovableClock, hub: Hub): void {
  server.post('/test/clock', async (request) => {
    const { advanceMs } = read(Advance, request.body)
    // Browsers that are here now are still here then.
    await hub.presence.touch(advanceMs)
    await clock.advance(advanceMs)
    return { now: clock.now().toISOString() }
  })
  server.post('/test/seed', (request) => seed(companion, read(Seed, request.body)))
}

function read<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new RingsideError('bad_request', { at: z.prettifyError(parsed.error).slice(0, 500) })
  return parsed.data
}
