/** The environment as settings. Every mistake is told at once, in words: the name, what is wrong, an example. */
import { z } from 'zod'
import type { MailSettings } from './email/mail.ts'
import type { LogLevel } from './log.ts'
import type { TwilioSettings } from './twilio/settings.ts'

export interface Config {
  /** Folder of the embedded database; unused with databaseUrl. */
  data: string
  /** `postgres://…`: a PostgreSQL instead. */
  databaseUrl: string | undefined
  host: string
  /** 0: any free one. */
  port: number
  /** Our address as Twilio and the extension reach it, without a slash at the end. */
  publicUrl: string
  logLevel: LogLevel
  /** Tests may move the clock and seed over HTTP, nothing is rate-limited, and replies are checked against the protocol. */
  test: boolean
  /** Without it links are only shown. */
  mail?: MailSettings | undefined
  twilio: TwilioSettings
}

/** Carries one line for each mistake. */
export class ConfigError extends Error {}

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const sid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`))

/** What each variable must be, and an example for the words. */
const variables = {
  DATA: { schema: z.string().default('.data/companion'), example: '/var/lib/ringside' },
  DATABASE_URL: { schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(), example: 'postgres://ringside:secret@db.example/ringside' },
  HOST: { schema: z.string().default('127.0.0.1'), example: '127.0.0.1' },
  PORT: { schema: z.coerce.number().int().min(0).max(65535).default(4100), example: '4100' },
  PUBLIC_URL: { schema: httpUrl.optional(), example: 'https://calls.example.com' },
  TWILIO_ACCOUNT_SID: { schema: sid('AC'), example: 'AC followed by 32 hexadecimal digits, from the front page of Twilio’s console' },
  TWILIO_AUTH_TOKEN: { schema: z.string().min(1), example: '32 hexadecimal digits, from the front page of Twilio’s console' },
  TWILIO_API_KEY: { schema: sid('SK'), example: 'SK followed by 32 hexadecimal digits, a standard API key' },
  TWILIO_API_SECRET: { schema: z.string().min(1), example: 'the secret that was shown when the API key was made' },
  TWILIO_APPLICATION_SID: {
    schema: sid('AP'),
    example: 'AP followed by 32 hexadecimal digits, a TwiML App whose voice URL leads to this companion',
  },
  TWILIO_API_URL: { schema: httpUrl.default('https://api.twilio.com'), example: 'http://127.0.0.1:4200' },
  VOICE_EDGE: {
    schema: z
      .string()
      .regex(/^[^\s/]+:\d+$/)
      .optional(),
    example: 'localhost:4201',
  },
  FALLBACK_VOICE_URL: { schema: httpUrl.default('https://twimlets.com/echo'), example: 'https://twimlets.com/echo' },
  SMTP_URL: { schema: z.url({ protocol: /^smtps?$/ }).optional(), example: 'smtps://user:password@smtp.example.com' },
  MAIL_FROM: { schema: z.string().max(320).regex(/@/).optional(), example: 'Ringside <calls@example.com>' },
  LOG_LEVEL: { schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'), example: 'info' },
  RINGSIDE_TEST: { schema: z.enum(['0', '1']).default('0'), example: '1' },
} as const

type Name = keyof typeof variables

const names = Object.keys(variables) as Name[]
const shape = Object.fromEntries(names.map((name) => [name, variables[name].schema])) as { [N in Name]: (typeof variables)[N]['schema'] }
const Values = z.object(shape)

/** Throws ConfigError. A variable that is set to nothing counts as not set. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(names.map((name) => [name, environment[name]?.trim() || undefined]))
  const parsed = Values.safeParse(given)
  if (!parsed.success) throw new ConfigError(inWords(parsed.error, given))
  return toConfig(parsed.data)
}

/** Only what opens the store: for commands that need no voice provider. */
export function readStoreConfig(environment: Record<string, string | undefined>): Pick<Config, 'data' | 'databaseUrl' | 'publicUrl'> {
  const filler = {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: '-',
    TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
    TWILIO_API_SECRET: '-',
    TWILIO_APPLICATION_SID: `AP${'0'.repeat(32)}`,
  }
  return readConfig({ ...environment, ...filler })
}

function inWords(error: z.ZodError, given: Record<string, string | undefined>): string {
  const wrong = [...new Set(error.issues.map((issue) => issue.path[0] as Name))]
  return wrong
    .map((name) => {
      // Secrets are not repeated.
      const what =
        given[name] === undefined ? 'is missing' : /TOKEN|SECRET|DATABASE|SMTP/.test(name) ? 'is not valid' : `cannot be “${given[name]}”`
      return `${name} ${what}. Example: ${variables[name].example}`
    })
    .join('\n')
}

function toConfig(values: z.infer<typeof Values>): Config {
  const publicUrl = values.PUBLIC_URL ?? `http://127.0.0.1:${values.PORT}`
  return {
    data: values.DATA,
    databaseUrl: values.DATABASE_URL,
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    logLevel: values.LOG_LEVEL,
    test: values.RINGSIDE_TEST === '1',
    ...(values.SMTP_URL && {
      mail: { url: values.SMTP_URL, from: values.MAIL_FROM ?? `Ringside <ringside@${new URL(publicUrl).hostname}>` },
    }),
    twilio: {
      accountSid: values.TWILIO_ACCOUNT_SID,
      authToken: values.TWILIO_AUTH_TOKEN,
      apiKeySid: values.TWILIO_API_KEY,
      apiKeySecret: values.TWILIO_API_SECRET,
      twimlAppSid: values.TWILIO_APPLICATION_SID,
      apiUrl: values.TWILIO_API_URL,
      voiceEdge: values.VOICE_EDGE ?? null,
      publicUrl,
      fallbackVoiceUrl: values.FALLBACK_VOICE_URL,
    },
  }
}
