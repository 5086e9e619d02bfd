import type { FastifyInstance } from 'fastify'
import type { Handle } from '../http/handle.ts'
import type { Companion } from '../parts.ts'
import { previewGreeting, testCall } from './hearings.ts'
import { serveGreetingMedia } from './media.ts'
import { uploadGreeting } from './upload.ts'

export function serveGreetings({ store }: Companion, handle: Handle, server: FastifyInstance): void {
  handle('uploadGreeting', ({ user, body }) => uploadGreeting(store, user, body))
  handle('previewGreeting', ({ user, body }) => store.write((writer) => previewGreeting(writer, user.id, body)))
  handle('testCall', ({ user, params }) => store.write((writer) => testCall(writer, user.id, params.channelId)))
  serveGreetingMedia(server, store)
}
