/** Users, and one channel with a number, from a file: until there is a wizard, and for demos and tests. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Greeting } from '../utils/protocol/index.ts'
import { takeNumber, wireNumbers } from './numbers/numbers.ts'
import type { Companion } from './parts.ts'
import { makeLink } from './people/sign-in.ts'
import type { Writer } from './store/store.ts'

const clock = /^([01]\d|2[0-4]):([0-5]\d)$/
const Time = z
  .string()
  .regex(clock)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
  .refine((minutes) => minutes <= 1440)

const voices: Record<string, string> = { 'en-US': 'Polly.Joanna', 'en-GB': 'Polly.Amy', 'pl-PL': 'Polly.Ewa' }
const SeededGreeting = z
  .object({ text: z.string().min(1).max(4096), language: z.string(), voice: z.string().optional() })
  .transform((greeting): Greeting => ({ ...greeting, voice: greeting.voice ?? voices[greeting.language] ?? null, uploadId: null }))

/** Hours are local, `09:00` to `24:00`; none means that every call comes after hours. */
export const Seed = z.object({
  users: z
    .array(
      z.object({
        name: z.string().min(1).max(120),
        email: z.email(),
        role: z.enum(['admin', 'agent']).default('agent'),
        seat: z.boolean().default(true),
        language: z.enum(['en', 'pl']).default('en'),
      }),
    )
    .min(1),
  channel: z.object({
    name: z.string().min(1).max(120),
    /** ISO 3166-1 alpha-2: where a number is bought. */
    country: z.string().length(2),
    /** This very number instead; bought where it is not owned. */
    number: z.string().optional(),
    timeZone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'no such time zone'),
    ringSeconds: z.int().min(5).max(600).default(30),
    hours: z.array(
      z
        .object({ weekday: z.int().min(1).max(7), from: Time, until: Time })
        .refine(({ from, until }) => from < until, 'a range ends after it begins; one over midnight is two'),
    ),
    greetings: z.object({ inHours: SeededGreeting, afterHours: SeededGreeting, closed: SeededGreeting }),
  }),
})
export type Seed = z.infer<typeof Seed>

/** The channel, and its people with a new sign-in link each. */
export interface Seeded {
  id: string
  name: string
  number: string
  agents: { id: string; name: string; role: 'admin' | 'agent'; link: string }[]
}

type Parts = Pick<Companion, 'store' | 'clock' | 'provider' | 'config' | 'log'>

/** Doing it again finds everybody by e-mail and the channel by name, sets them as the file says, and buys nothing twice. */
export async function seed(parts: Parts, { users, channel }: Seed): Promise<Seeded> {
  const { store, config } = parts
  const known = await findChannel(parts, channel.name)
  const number = known ?? (await takeNumber(parts, await chooseNumber(parts, channel)))
  const seeded = await store.write(async (writer) => {
    const id = await saveChannel(writer, channel, number.id)
    const agents = []
    for (const user of users) {
      const userId = await saveUser(writer, user)
      await writer.db
        .insertInto('channel_users')
        .values({ channel_id: id, user_id: userId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      agents.push({ id: userId, name: user.name, role: user.role, link: await makeLink(writer, userId, config.publicUrl) })
    }
    return { id, name: channel.name, number: number.e164, agents }
  })
  await wireNumbers(parts)
  return seeded
}

async function findChannel({ store }: Parts, name: string): Promise<{ id: string; e164: string } | undefined> {
  return store.db
    .selectFrom('channels')
    .innerJoin('numbers', 'numbers.id', 'channels.number_id')
    .select(['numbers.id', 'numbers.e164'])
    .where('channels.name', '=', name)
    .where('channels.deleted_at', 'is', null)
    .executeTakeFirst()
}

/** One that was bought for us before and that no channel has, such as after the database was lost; else any of that country. */
async function chooseNumber({ store, provider, config }: Parts, { number, country }: Seed['channel']) {
  if (number !== undefined) return { country, e164: number }
  const owned = await provider.listNumbers()
  const used = await store.db.selectFrom('numbers').innerJoin('channels', 'channels.number_id', 'numbers.id').select('e164').execute()
  const free = owned.find((each) => each.voiceUrl.startsWith(`${config.publicUrl}/`) && !used.some(({ e164 }) => e164 === each.e164))
  return free ? { country, e164: free.e164 } : { country }
}

async function saveUser({ db, now }: Writer, { email, ...user }: Seed['users'][number]): Promise<string> {
  const known = await db.updateTable('users').set(user).where('email', '=', email).returning('id').executeTakeFirst()
  if (known) return known.id
  const id = randomUUID()
  await db
    .insertInto('users')
    .values({ id, email, ...user, created_at: now })
    .execute()
  return id
}

async function saveChannel({ db, now }: Writer, channel: Seed['channel'], numberId: string): Promise<string> {
  const { name, timeZone: time_zone, ringSeconds: ring_seconds, greetings } = channel
  const settings = { time_zone, ring_seconds, greetings }
  const known = await db.updateTable('channels').set(settings).where('number_id', '=', numberId).returning('id').executeTakeFirst()
  const id = known?.id ?? randomUUID()
  if (!known) {
    await db
      .insertInto('channels')
      .values({ id, name, number_id: numberId, ...settings, created_at: now })
      .execute()
  }
  await db.deleteFrom('working_hours').where('channel_id', '=', id).execute()
  const hours = channel.hours.map(({ weekday, from, until }) => ({ channel_id: id, weekday, from_minute: from, until_minute: until }))
  if (hours.length > 0) await db.insertInto('working_hours').values(hours).execute()
  return id
}
