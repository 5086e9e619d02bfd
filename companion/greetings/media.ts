import type { FastifyInstance } from 'fastify'
import { Id, RingsideError } from '../../utils/protocol/index.ts'
import { paths, uploadPath } from '../calls/addresses.ts'
import type { Store } from '../store/store.ts'
import { writeWav } from './wav.ts'

/** A recording never changes under its id, so that Twilio may keep it for a year. */
const FOR_EVER = 'public, max-age=31536000, immutable'
const RATE = 8000

/** What Twilio plays: uploaded greetings, and the beep. No session is asked for: Twilio has none, and an id cannot be guessed. */
export function serveGreetingMedia(server: FastifyInstance, store: Store): void {
  server.get<{ Params: { uploadId: string } }>(uploadPath(':uploadId'), { config: { rateLimit: false } }, async (request, reply) => {
    const id = Id.safeParse(request.params.uploadId)
    const upload = id.success && (await store.db.selectFrom('uploads').select('wav').where('id', '=', id.data).executeTakeFirst())
    if (!upload) throw new RingsideError('not_found')
    return reply.header('cache-control', FOR_EVER).type('audio/wav').send(Buffer.from(upload.wav))
  })
  const beep = makeBeep()
  server.get(paths.beep, { config: { rateLimit: false } }, (_request, reply) =>
    reply.header('cache-control', FOR_EVER).type('audio/wav').send(beep),
  )
}

/** The tone after which a caller speaks: 1 kHz, 0.4 s. */
function makeBeep(): Buffer {
  const samples = Float32Array.from({ length: RATE * 0.4 }, (_, i) => {
    const fade = Math.min(1, i / 80, (RATE * 0.4 - i) / 80)
    return 0.3 * fade * Math.sin((2 * Math.PI * 1000 * i) / RATE)
  })
  return writeWav({ rate: RATE, samples })
}
