/** The doors that Twilio knocks at: signed forms in, TwiML or nothing out. What each does is in the file of its name. */
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { errors, RingsideError } from '../../utils/protocol/index.ts'
import { toRingsideError, withoutData } from '../http/errors.ts'
import { isSigned } from '../twilio/signature.ts'
import { paths } from './addresses.ts'
import { callArrived } from './arrive.ts'
import { conferenceChanged } from './conference.ts'
import { hangUpDocument } from './documents.ts'
import { hearingAsked } from './hear.ts'
import { agentJoined } from './join.ts'
import { legEnded, messageLeft } from './messages.ts'
import type { CallsParts } from './parts.ts'
import { ringTimeEnded } from './unanswered.ts'

const FORM = 'application/x-www-form-urlencoded'

const Form = z.record(z.string(), z.string())
const Sid = z.string().min(1).max(64)
const Address = z.object({ call: z.uuid(), epoch: z.coerce.number().int(), key: z.string().min(1).max(64) })
const Inbound = z.object({ CallSid: Sid, From: z.string().optional(), To: z.string() })
const Join = z.object({ CallSid: Sid, From: z.string(), call: z.uuid(), epoch: z.coerce.number().int(), browser: z.uuid() })
const Hearing = z.object({ CallSid: Sid, From: z.string(), hear: z.string().min(1).max(200) })
const Conference = z.object({
  StatusCallbackEvent: z.string(),
  ConferenceSid: Sid,
  CallSid: Sid.optional(),
  SequenceNumber: z.string().optional(),
})
const Message = z.object({
  CallSid: Sid,
  RecordingSid: Sid,
  RecordingDuration: z.coerce.number().default(0),
  RecordingStatus: z.string().default('completed'),
})
const Ended = z.object({ CallSid: Sid, CallStatus: z.string() })

interface Asked {
  form: Record<string, string>
  query: unknown
}

/** Registers the webhooks in a scope of their own. `authToken` is Twilio's secret, with which it signs. */
export async function registerWebhooks(app: FastifyInstance, parts: CallsParts, authToken: string): Promise<void> {
  await app.register(async (scope) => {
    if (!scope.hasContentTypeParser(FORM)) await scope.register(formbody)
    scope.setErrorHandler(refuse)
    scope.addHook('preHandler', async (request) => checkSignature(request))

    const door = (path: string, handle: (asked: Asked) => Promise<string>) =>
      scope.post(path, { config: { rateLimit: false } }, async (request, reply) => {
        const answer = await handle({ form: readForm(request), query: request.query })
        return answer === '' ? reply.code(204).send() : reply.type('text/xml; charset=utf-8').send(answer)
      })

    door(paths.inbound, ({ form }) => callArrived(parts, Inbound.parse(form)))
    door(paths.unanswered, ({ query }) => {
      const { call, epoch, key } = Address.parse(query)
      return ringTimeEnded(parts, { callId: call, epoch, key })
    })
    door(paths.join, async ({ form }) => {
      const hearing = Hearing.safeParse(form)
      if (hearing.success) return hearingAsked(parts, hearing.data)
      const { success, data } = Join.safeParse(form)
      if (success) return agentJoined(parts, data)
      parts.log.warn({ leg: form.CallSid }, 'a leg came without a claim')
      return hangUpDocument()
    })
    door(paths.conferenceStatus, async ({ form, query }) => {
      const { call, epoch, key } = Address.parse(query)
      const { StatusCallbackEvent: event, ConferenceSid, CallSid, SequenceNumber = '' } = Conference.parse(form)
      const unique = [key, event, CallSid ?? '', SequenceNumber].join(':')
      await conferenceChanged(parts, { callId: call, epoch, key: unique, event, ConferenceSid, CallSid })
      return ''
    })
    door(paths.recorded, ({ form }) => {
      const message = Message.parse(form)
      return messageLeft(parts, { ...message, seconds: message.RecordingDuration }, `recorded:${message.RecordingSid}`)
    })
    door(paths.recordingStatus, async ({ form }) => {
      const message = Message.parse(form)
      const key = `recording-status:${message.RecordingSid}:${message.RecordingStatus}`
      if (message.RecordingStatus === 'completed') await messageLeft(parts, { ...message, seconds: message.RecordingDuration }, key)
      return ''
    })
    door(paths.callStatus, async ({ form }) => {
      const { CallSid, CallStatus } = Ended.parse(form)
      if (over.includes(CallStatus)) await legEnded(parts, CallSid, CallStatus)
      return ''
    })

    function checkSignature(request: FastifyRequest) {
      const signature = request.headers['x-twilio-signature']
      const signed = {
        signature: typeof signature === 'string' ? signature : undefined,
        path: request.raw.url ?? '',
        form: readForm(request),
      }
      if (!isSigned(authToken, parts.publicUrl, signed)) throw new RingsideError('forged_webhook')
    }

    function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply) {
      const known = error instanceof z.ZodError ? new RingsideError('bad_request') : toRingsideError(error)
      // The path without its query: keys do not belong in a log.
      const line = { path: request.routeOptions.url, code: known.code, ...(known !== error && withoutData(error)) }
      if (errors[known.code].status >= 500) parts.log.error(line, 'a webhook failed')
      else parts.log.warn(line, 'a webhook was refused')
      return reply.code(errors[known.code].status).send(known.reply())
    }
  })
}

const over: readonly string[] = ['completed', 'canceled', 'busy', 'no-answer', 'failed']

function readForm(request: FastifyRequest): Record<string, string> {
  return Form.parse(request.body ?? {})
}
