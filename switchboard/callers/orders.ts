/** Reads what the control API is asked to let a caller do. All of it is JSON of unknown origin. */
import { z } from 'zod'
import { RequestError } from './route.ts'

const say = z.union([
  z.strictObject({ wavBase64: z.string().min(1) }),
  z.strictObject({ toneHz: z.number().min(50).max(3900), dbfs: z.number().min(-60).max(0).optional() }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ text: z.string().min(1), language: z.string().optional(), voice: z.string().optional() }),
])

const seconds = z.number().min(0).max(3600)
const digits = z.string().regex(/^[0-9*#w]+$/, 'digits are 0-9, *, #, and w for half a second')

const step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('wait-answered') }),
  z.strictObject({ do: z.literal('wait'), seconds }),
  z.strictObject({ do: z.literal('press'), digits }),
  /** Goes on when the tone is heard, or ends the call as not heard after `seconds` (20). */
  z.strictObject({ do: z.literal('wait-tone'), hz: z.number(), seconds: seconds.optional() }),
  z.strictObject({ do: z.literal('say'), say, loop: z.boolean().optional() }),
  z.strictObject({ do: z.literal('hang-up'), afterSeconds: seconds.optional() }),
])

/** E.164, or `anonymous` for a caller without a number. */
const from = z.union([z.string().regex(/^\+[1-9]\d{4,14}$/), z.literal('anonymous')])
const manner = { say: say.optional(), loop: z.boolean().optional(), script: z.array(step).optional() }

const dial = z.strictObject({ from, to: z.string().min(1), ...manner })
const rule = z.strictObject({
  answer: z.enum(['answer', 'busy', 'reject', 'no-answer']),
  /** How long it rings before `answer` or `reject`; 1 where not given. */
  afterSeconds: seconds.optional(),
  ...manner,
})
const press = z.strictObject({ digits })

export type Say = z.infer<typeof say>
export type Step = z.infer<typeof step>
export type DialOrder = z.infer<typeof dial>
export type PhoneRule = z.infer<typeof rule>

const reader =
  <T>(schema: z.ZodType<T>) =>
  (body: unknown): T => {
    const result = schema.safeParse(body)
    if (result.success) return result.data
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`)
    throw new RequestError(400, problems.join('; '))
  }

export const readDial = reader(dial)
export const readRule = reader(rule)
export const readPress = reader(press)
