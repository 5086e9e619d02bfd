import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { Id, RingsideError, recordingPath } from '../../utils/protocol/index.ts'
import { otherLimits } from '../http/limits.ts'
import type { Companion } from '../parts.ts'
import { readSession } from '../people/sessions.ts'
import { visibleThreads } from './access.ts'

/** The sound of a recording, for whoever may see its thread. It comes from the voice provider through us: no link to it ever leaves the companion. */
export function serveAudio(server: FastifyInstance, companion: Companion): void {
  server.get<{ Params: { recordingId: string } }>(
    recordingPath(':recordingId'),
    { config: otherLimits('session', companion.config) },
    async (request, reply) => {
      const { user } = await readSession(companion, request)
      const recordingId = Id.safeParse(request.params.recordingId)
      if (!recordingId.success) throw new RingsideError('not_found')
      const recording = await visibleThreads(companion.store.db, user)
        .innerJoin('calls', 'calls.thread_id', 'threads.id')
        .innerJoin('recordings', 'recordings.call_id', 'calls.id')
        .select('recordings.provider_sid')
        .where('recordings.id', '=', recordingId.data)
        .executeTakeFirst()
      if (!recording) throw new RingsideError('not_found')
      const { range } = request.headers
      const audio = await companion.provider.fetchRecording(recording.provider_sid, /^bytes=\d*-\d*$/.test(range ?? '') ? range : undefined)
      reply.code(audio.status).headers(audio.headers)
      return reply.send(Readable.from(audio.body))
    },
  )
}
